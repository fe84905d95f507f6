import type { AttemptFailure } from '../failure';
import type { GetRequest } from '../object-client';
import { parseContentRange } from '../response-check';
import type { ResponseHead } from './http/response-head';

/** What a head can give away beside its status and lengths: a part that nobody asked for. */
export function headFailure(
  request: GetRequest,
  { status, headers }: ResponseHead,
  lengthBytes: number | null,
): AttemptFailure | null {
  const fail = (code: AttemptFailure['code'], message: string): AttemptFailure => ({
    code,
    phase: 'firstByte',
    message,
    retry: 'no',
  });
  if (status !== 200 && status !== 206) return fail('Other', `the answer has the status ${status}`);
  if (status === 206 && !request.range)
    return fail('ContentRangeMismatch', 'asked for the whole object, got a part of it (206)');
  const part = request.range && parseContentRange(headers.get('content-range') ?? null);
  if (part && lengthBytes !== null && lengthBytes !== part.to - part.from + 1)
    return fail('ContentRangeMismatch', `${headers.get('content-range')} does not hold ${lengthBytes} bytes`);
  return null;
}
