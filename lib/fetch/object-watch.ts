import { StopReason } from './stop-reason';

/** How late an object may be found to be late. */
const coarseMs = 100;

/**
 * Stops objects that take too long, and all of them when the caller's signal says so. One timer and one listener
 * for all: a timer and an `AbortSignal.any` each would cost as much as a small fetch.
 */
export class ObjectWatch {
  readonly #limitMs: number;
  readonly #outer: AbortSignal | undefined;
  readonly #watched = new Map<AbortController, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number, outer: AbortSignal | undefined) {
    this.#limitMs = limitMs;
    this.#outer = outer;
    outer?.addEventListener('abort', this.#abortAll, { once: true });
  }

  begin(): AbortController {
    const controller = new AbortController();
    if (this.#outer?.aborted) controller.abort(this.#outer.reason);
    this.#watched.set(controller, performance.now() + this.#limitMs);
    this.#timer ??= setInterval(this.#abortLate, Math.min(coarseMs, this.#limitMs));
    return controller;
  }

  end(controller: AbortController): void {
    this.#watched.delete(controller);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#outer?.removeEventListener('abort', this.#abortAll);
  }

  readonly #abortAll = () => {
    for (const controller of this.#watched.keys()) controller.abort(this.#outer?.reason);
  };

  readonly #abortLate = () => {
    const nowMs = performance.now();
    for (const [controller, dueMs] of this.#watched) {
      // In the order of their beginning, and all have the same limit.
      if (dueMs > nowMs) return;
      controller.abort(new StopReason('ObjectTimeout', `the object took longer than ${this.#limitMs} ms`));
    }
  };
}
