import type { PhaseName, PhasesMs } from '../record';

/** Counts every moment of an attempt to exactly one phase, by the monotonic clock. */
export class PhaseClock {
  readonly phasesMs: PhasesMs = {
    queue: null,
    dns: null,
    tcp: null,
    tls: null,
    send: null,
    firstByte: null,
    body: null,
  };
  phase: PhaseName = 'queue';
  #startMs = performance.now();
  #sinceMs = this.#startMs;

  /** Begins anew; returns what had passed. */
  restart(): number {
    const nowMs = performance.now();
    const passedMs = nowMs - this.#startMs;
    this.#startMs = nowMs;
    this.#sinceMs = nowMs;
    return passedMs;
  }

  enter(phase: PhaseName): void {
    this.#close();
    this.phase = phase;
  }

  /** Ends the phase that is open; returns the sum of all. */
  stop(): number {
    this.#close();
    return this.#sinceMs - this.#startMs;
  }

  #close(): void {
    const nowMs = performance.now();
    this.phasesMs[this.phase] = (this.phasesMs[this.phase] ?? 0) + (nowMs - this.#sinceMs);
    this.#sinceMs = nowMs;
  }
}
