import { type AttemptFailure, failed, type FailureCode } from './failure';

/** Why fetching was stopped from outside: what an aborted signal carries, and then the records too. */
export class StopReason extends Error {
  override name = 'StopReason';
  readonly code: FailureCode;

  constructor(code: 'ObjectTimeout' | 'DeadlineExceeded' | 'Aborted', message: string) {
    super(message);
    this.code = code;
  }
}

/** The failure that an aborted signal means. */
export function stopFailure(signal: AbortSignal, phase: AttemptFailure['phase']): AttemptFailure {
  const reason: unknown = signal.reason;
  const { code, message } =
    reason instanceof StopReason ? reason : new StopReason('Aborted', 'the run was stopped');
  return failed(code, phase, message);
}
