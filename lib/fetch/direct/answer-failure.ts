import { type AttemptFailure, failed, kindOfError } from '../failure';
import type { ErrorDocument } from './error-document';
import type { ResponseHead } from './http/response-head';

export const isErrorStatus = (status: number) => status >= 300;

/** What an error means, by S3's code where there is one, by the status otherwise. */
export function statusFailure({ status }: ResponseHead, document: ErrorDocument | null): AttemptFailure {
  const code = document?.code ?? undefined;
  const inSuccess = !isErrorStatus(status);
  const kind = kindOfError([code], inSuccess ? 500 : status);
  // Of the body only what S3 itself says: a proxy's page is nothing to show, and may hold anything.
  const message = code ? `${code}: ${document?.message ?? ''}` : `the answer has the status ${status}`;
  const told = inSuccess ? `an error inside a ${status}: ${message}` : message;
  return failed(kind.code, 'firstByte', told, kind.retry);
}
