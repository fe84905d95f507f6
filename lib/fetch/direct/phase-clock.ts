import { type PhaseName, phaseNames, type PhasesMs } from '../record';

/** Counts every moment of an attempt to exactly one phase, by the monotonic clock. */
export class PhaseClock {
  phase: PhaseName = 'queue';
  #startMs = performance.now();
  #sinceMs = this.#startMs;
  // By the number of the phase; NaN where it did not happen. Names and nulls would cost an allocation a phase.
  readonly #spentMs: number[] = [NaN, NaN, NaN, NaN, NaN, NaN, NaN];

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

  phasesMs(): PhasesMs {
    const spent = this.#spentMs.map((ms) => (Number.isNaN(ms) ? null : ms));
    const [queue, dns, tcp, tls, send, firstByte, body] = spent;
    return { queue, dns, tcp, tls, send, firstByte, body } as PhasesMs;
  }

  #close(): void {
    const nowMs = performance.now();
    const phase = numberOf[this.phase];
    const before = this.#spentMs[phase]!;
    const spentMs = nowMs - this.#sinceMs;
    this.#spentMs[phase] = Number.isNaN(before) ? spentMs : before + spentMs;
    this.#sinceMs = nowMs;
  }
}

const numberOf = Object.fromEntries(phaseNames.map((name, n) => [name, n])) as Record<PhaseName, number>;
