/** Has a moment by which something must have happened, and perhaps a signal that ends it at any moment. */
export interface Watched {
  /** By `performance.now()`; Infinity where nothing is due. */
  dueMs: number;
  readonly signal: AbortSignal | undefined;
  /** Where it stands in the watchdog's list. */
  place: number;
  onDue(): void;
  onAbort(): void;
}

/** How late a deadline may be noticed: a hundredth of the shortest that is of use. */
const tickMs = 10;

/** One timer for all deadlines of a client, as a timer a request would cost more than the request's parsing. */
export class Watchdog {
  // No Set: one that is added to and taken from all the time leaves a chain of old tables, which keep what
  // they held until the next full garbage collection.
  readonly #watched: Watched[] = [];
  readonly #listeners = new Map<AbortSignal, { count: number; listener: () => void }>();
  #timer: NodeJS.Timeout | null = null;

  add(watched: Watched): void {
    watched.place = this.#watched.push(watched) - 1;
    if (this.#timer) this.#timer.ref();
    else this.#timer = setInterval(() => this.#tick(), tickMs);
    if (watched.signal) this.#listen(watched.signal);
  }

  remove(watched: Watched): void {
    const last = this.#watched.pop()!;
    if (last !== watched) {
      last.place = watched.place;
      this.#watched[last.place] = last;
    }
    if (watched.signal) this.#unlisten(watched.signal);
    // The timer goes on for a tick, as the next request often follows at once, but holds no process back.
    if (this.#watched.length === 0) this.#timer?.unref();
  }

  // One listener on a signal however many requests it ends, and none when they have ended.
  #listen(signal: AbortSignal): void {
    const known = this.#listeners.get(signal);
    if (known) {
      known.count++;
      return;
    }
    const listener = () => {
      for (const each of this.#watched.filter((watched) => watched.signal === signal)) each.onAbort();
    };
    signal.addEventListener('abort', listener);
    this.#listeners.set(signal, { count: 1, listener });
  }

  #unlisten(signal: AbortSignal): void {
    const known = this.#listeners.get(signal);
    if (!known || --known.count > 0) return;
    signal.removeEventListener('abort', known.listener);
    this.#listeners.delete(signal);
  }

  #tick(): void {
    if (this.#watched.length === 0) {
      clearInterval(this.#timer!);
      this.#timer = null;
      return;
    }
    // After the sockets had their turn: where this process was late, what came in meanwhile counts.
    const nowMs = performance.now();
    if (this.#watched.some(({ dueMs }) => dueMs <= nowMs)) setImmediate(() => this.#judge());
  }

  #judge(): void {
    const nowMs = performance.now();
    for (const watched of this.#watched.filter(({ dueMs }) => dueMs <= nowMs)) watched.onDue();
  }
}
