import type { AttemptFailure, FailureCode } from '../failure';
import type { PhaseName } from '../record';
import { stallBytes, type Timeouts } from '../timeouts';

/** What a deadline looks at. */
export interface Watched {
  phase: PhaseName;
  bytes: number;
}

type Stage = 'connect' | 'firstByte' | 'body';

const codes: Record<Stage, FailureCode> = {
  connect: 'ConnectTimeout',
  firstByte: 'FirstByteTimeout',
  body: 'BodyStall',
};

/**
 * Aborts an attempt whose stage takes too long. The body's stage is judged by rate, not by silence alone: a
 * trickle is a stall as well. One timer at a time, set again when a stage ends.
 */
export class Deadline {
  readonly controller = new AbortController();
  readonly #ended = new AbortController();
  readonly #watched: Watched;
  readonly #timeouts: Timeouts;
  #timer: NodeJS.Timeout | undefined;
  #stage: Stage | null = null;
  #bytesBefore = 0;
  failure: AttemptFailure | null = null;

  constructor(watched: Watched, timeouts: Timeouts, outer: AbortSignal | undefined) {
    this.#watched = watched;
    this.#timeouts = timeouts;
    if (outer?.aborted) this.#abort('Aborted', 'the run was stopped');
    // Taken off again at the end: a signal that outlives many attempts must not keep them.
    outer?.addEventListener('abort', () => this.#abort('Aborted', 'the run was stopped'), {
      signal: this.#ended.signal,
    });
    this.update();
  }

  /** To be called when the phase changed. */
  update(): void {
    const stage = stageOf(this.#watched.phase);
    if (stage === this.#stage || this.#ended.signal.aborted || this.controller.signal.aborted) return;
    this.#stage = stage;
    this.#arm(stage);
  }

  /** Nothing is aborted and no timer set any more. */
  end(): void {
    this.#ended.abort();
    clearTimeout(this.#timer);
  }

  #arm(stage: Stage): void {
    clearTimeout(this.#timer);
    this.#bytesBefore = this.#watched.bytes;
    const afterMs = this.#limitMs(stage);
    this.#timer = setTimeout(() => {
      if (stage === 'body' && this.#watched.bytes - this.#bytesBefore >= stallBytes) this.#arm(stage);
      else this.#abort(codes[stage], `${this.#watched.phase} took longer than ${afterMs} ms`);
    }, afterMs);
  }

  #limitMs(stage: Stage): number {
    const { connectMs, firstByteMs, stallMs } = this.#timeouts;
    return stage === 'connect' ? connectMs : stage === 'firstByte' ? firstByteMs : stallMs;
  }

  #abort(code: FailureCode, message: string): void {
    this.failure ??= {
      code,
      phase: this.#watched.phase,
      message,
      retry: code === 'Aborted' ? 'no' : 'transient',
    };
    clearTimeout(this.#timer);
    this.controller.abort();
  }
}

function stageOf(phase: PhaseName): Stage {
  if (phase === 'body') return 'body';
  return phase === 'firstByte' || phase === 'send' ? 'firstByte' : 'connect';
}
