import type { Clock } from '../../../local/states/asl/clock';

/** Time that jumps to the next timer as soon as nothing else is left to do. */
export class VirtualClock implements Clock {
  readonly #timers = new Set<{ atMs: number; fire: () => void }>();
  readonly #random: () => number;
  #nowMs = Date.UTC(2026, 0, 1);
  #jumping = false;
  /** Every delay that was asked for, in order. */
  readonly delaysMs: number[] = [];

  constructor(random: () => number = () => 0.5) {
    this.#random = random;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  random(): number {
    return this.#random();
  }

  after(delayMs: number, fire: () => void): () => void {
    this.delaysMs.push(delayMs);
    const timer = { atMs: this.#nowMs + delayMs, fire };
    this.#timers.add(timer);
    this.#jumpSoon();
    return () => this.#timers.delete(timer);
  }

  #jumpSoon(): void {
    if (this.#jumping || this.#timers.size === 0) return;
    this.#jumping = true;
    setImmediate(() => {
      this.#jumping = false;
      const [next] = [...this.#timers].sort((a, b) => a.atMs - b.atMs);
      if (next === undefined) return;
      this.#timers.delete(next);
      this.#nowMs = next.atMs;
      next.fire();
      this.#jumpSoon();
    });
  }
}
