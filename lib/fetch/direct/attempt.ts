import type { FailureCode } from '../failure';
import type { PhaseName } from '../record';
import { AttemptError } from './attempt-error';
import { PhaseClock } from './phase-clock';
import type { Watchdog, Watched } from './watchdog';

/** One step of an attempt: how to give it up, and what it is called when its time is over. */
export interface Step {
  /** Null where the step has no deadline of its own. */
  limitMs: number | null;
  lateCode: FailureCode;
  /** Frees what the step holds; the step then ends with `error`. */
  giveUp(error: AttemptError): void;
  /** Asked when the time is over; true grants the same again. */
  mayGoOn?(): boolean;
}

/** One HTTP request in the making: where it is, and how it is stopped when it is late or no longer wanted. */
export class Attempt implements Watched {
  readonly clock = new PhaseClock();
  readonly signal: AbortSignal | undefined;
  dueMs = Infinity;
  place = -1;
  aborted: boolean;
  readonly #watchdog: Watchdog;
  #step: Step | null = null;

  constructor(watchdog: Watchdog, signal: AbortSignal | undefined) {
    this.#watchdog = watchdog;
    this.signal = signal;
    this.aborted = signal?.aborted ?? false;
    watchdog.add(this);
  }

  end(): void {
    this.#step = null;
    this.#watchdog.remove(this);
  }

  /** From now on this is what can be late and what an abort gives up. */
  enter(phase: PhaseName, step: Step): void {
    this.clock.enter(phase);
    this.watch(step);
  }

  watch(step: Step): void {
    this.#step = step;
    this.dueMs = step.limitMs === null ? Infinity : performance.now() + step.limitMs;
    if (this.aborted) this.#giveUp(abortedError(this.clock.phase));
  }

  onAbort(): void {
    this.aborted = true;
    this.#giveUp(abortedError(this.clock.phase));
  }

  onDue(): void {
    const step = this.#step;
    if (!step || step.limitMs === null) return;
    if (step.mayGoOn?.()) {
      this.dueMs = performance.now() + step.limitMs;
      return;
    }
    const { phase } = this.clock;
    this.#giveUp(
      new AttemptError(step.lateCode, phase, `${phase} took longer than ${step.limitMs} ms`, 'transient'),
    );
  }

  #giveUp(error: AttemptError): void {
    const step = this.#step;
    this.#step = null;
    this.dueMs = Infinity;
    step?.giveUp(error);
  }
}

const abortedError = (phase: PhaseName) => new AttemptError('Aborted', phase, 'the run was stopped', 'no');
