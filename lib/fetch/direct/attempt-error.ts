import { type AttemptFailure, failed, type FailureCode, kindOfError, type Retry } from '../failure';
import type { PhaseName } from '../record';

/** An attempt that ended badly, on its way to its outcome. */
export class AttemptError extends Error {
  override name = 'AttemptError';
  readonly failure: AttemptFailure;

  constructor(code: FailureCode, phase: PhaseName | null, message: string, retry?: Retry) {
    super(message);
    this.failure = failed(code, phase, message, retry);
  }
}

/** What a socket, the resolver or TLS said. */
export function systemError(error: Error, phase: PhaseName): AttemptError {
  const { code } = error as NodeJS.ErrnoException;
  const kind = kindOfError([code], null);
  if (phase === 'dns') return new AttemptError('DnsFailure', phase, error.message, 'transient');
  // A certificate that is refused stays so; a handshake that broke off may have been bad luck.
  if (phase === 'tls' && kind.code === 'Other') return new AttemptError('TlsFailure', phase, error.message);
  // EHOSTUNREACH, ENETUNREACH, EMFILE, …: nothing was sent, and the next address or moment may do.
  const retry = kind.code === 'Other' ? 'transient' : kind.retry;
  return new AttemptError(kind.code, phase, error.message, retry);
}

/** Whatever was thrown; only our own mistakes are not attempt errors yet. */
export function asAttemptError(error: unknown): AttemptError {
  if (error instanceof AttemptError) return error;
  const { name, message } = error as Error;
  return new AttemptError('Other', null, `${name}: ${message}`);
}
