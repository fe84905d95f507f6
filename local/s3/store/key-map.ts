import { compareKeys } from './key-order';

/** A map whose keys can be walked in S3's order from any point. */
export class KeyMap<V> {
  readonly #values = new Map<string, V>();
  #ordered: string[] = [];
  #dirty = false;

  get size(): number {
    return this.#values.size;
  }

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    if (!this.#values.has(key)) {
      this.#ordered.push(key);
      this.#dirty = true;
    }
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (!this.#values.delete(key)) return;
    this.#dirty = true;
    // Keys that come and go unlisted must not pile up.
    if (this.#ordered.length > 2 * this.#values.size + 1_000) this.ordered();
  }

  entries(): IterableIterator<[string, V]> {
    return this.#values.entries();
  }

  ordered(): readonly string[] {
    if (this.#dirty) {
      // New keys stand unsorted behind a sorted run, which the engine's merge sort takes in about one pass.
      const present = this.#ordered.filter((key) => this.#values.has(key)).sort(compareKeys);
      this.#ordered = present.filter((key, i) => key !== present[i - 1]);
      this.#dirty = false;
    }
    return this.#ordered;
  }

  /** Position of the first key, in order, for which `reached` holds; it must hold for all later ones. */
  seek(reached: (key: string) => boolean): number {
    const keys = this.ordered();
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (reached(keys[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
