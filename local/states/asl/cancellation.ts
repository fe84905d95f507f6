/** Why work was called off: its execution ended, or a sibling in the same Map or Parallel failed. */
export type StopReason = 'execution' | 'sibling';

/** Thrown out of work that was called off; neither Retry nor Catch sees it. */
export class Stopped extends Error {
  override name = 'Stopped';
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`Stopped: ${reason}`);
    this.reason = reason;
  }
}

/** Calls off a tree of work; lighter than an AbortSignal for every iteration of a Map. */
export class Cancellation {
  readonly #listeners = new Set<(reason: StopReason) => void>();
  #reason: StopReason | null = null;
  #release = () => {};

  get reason(): StopReason | null {
    return this.#reason;
  }

  cancel(reason: StopReason): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.release();
    for (const listener of this.#listeners) listener(reason);
    this.#listeners.clear();
  }

  /** The answer takes the listener away again. */
  onCancel(listener: (reason: StopReason) => void): () => void {
    if (this.#reason !== null) {
      listener(this.#reason);
      return () => {};
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A cancellation of its own that this one takes along. */
  child(): Cancellation {
    const child = new Cancellation();
    child.#release = this.onCancel((reason) => child.cancel(reason));
    return child;
  }

  /** Lets go of the parent, once the work is over. */
  release(): void {
    this.#release();
  }

  check(): void {
    if (this.#reason !== null) throw new Stopped(this.#reason);
  }
}
