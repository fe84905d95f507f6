/** Has a moment by which something must have happened. */
export interface Watched {
  /** By `performance.now()`; Infinity where nothing is due. */
  dueMs: number;
  onDue(): void;
}

/** How late a deadline may be noticed: a hundredth of the shortest that is of use. */
const tickMs = 10;

/** One timer for all deadlines of a client, as a timer a request would cost more than the request's parsing. */
export class Watchdog {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | null = null;

  get size(): number {
    return this.#watched.size;
  }

  add(watched: Watched): void {
    this.#watched.add(watched);
    if (this.#timer) this.#timer.ref();
    else this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  /** The timer goes on for a tick, as the next request often follows at once, but holds no process back. */
  remove(watched: Watched): void {
    this.#watched.delete(watched);
    if (this.#watched.size === 0) this.#timer?.unref();
  }

  #tick(): void {
    if (this.#watched.size === 0) {
      clearInterval(this.#timer!);
      this.#timer = null;
      return;
    }
    // After the sockets had their turn: where this process was late, what came in meanwhile counts.
    if (this.#someDue()) setImmediate(() => this.#judge());
  }

  #someDue(): boolean {
    const nowMs = performance.now();
    for (const watched of this.#watched) if (watched.dueMs <= nowMs) return true;
    return false;
  }

  #judge(): void {
    const nowMs = performance.now();
    for (const watched of this.#watched) if (watched.dueMs <= nowMs) watched.onDue();
  }
}
