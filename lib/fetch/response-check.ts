import type { AttemptFailure } from './failure';
import type { GetRequest } from './object-client';
import type { PhaseName } from './record';

export interface ResponseHead {
  status: number;
  contentLength: number | null;
  contentRange: string | null;
  etag: string | null;
}

/** What the SDK would let pass: an answer that is not what was asked for. Null where all is well. */
export function responseFailure(request: GetRequest, head: ResponseHead): AttemptFailure | null {
  const fail = (code: AttemptFailure['code'], message: string): AttemptFailure => ({
    code,
    phase: 'firstByte',
    message,
    retry: 'no',
  });
  // Whoever does not know If-Match would mix two versions.
  if (request.etag !== null && head.etag !== null && head.etag !== request.etag)
    return fail('ObjectChanged', `asked for the ETag ${request.etag}, got ${head.etag}`);
  if (request.range) {
    if (head.status === 200) return fail('RangeIgnored', 'the answer to a Range is the whole object (200)');
    const answered = parseContentRange(head.contentRange);
    const { from, to } = request.range;
    const asked = `bytes ${from}-${to ?? ''}`;
    if (!answered) return fail('ContentRangeMismatch', `asked for ${asked}, got no valid Content-Range`);
    if (answered.from !== from || (to !== null && answered.to !== to))
      return fail('ContentRangeMismatch', `asked for ${asked}, got ${head.contentRange}`);
    if (request.etag !== null && head.etag === null)
      return fail('ObjectChanged', `asked for a part of the ETag ${request.etag}, the answer names none`);
  }
  return head.contentLength === null ? null : lengthFailure(request, head.contentLength, 'firstByte');
}

/** Compares how long a body is, or says it is, with what was due. Null where all is well, or nothing was known. */
export function lengthFailure(
  { expectedBytes }: Pick<GetRequest, 'expectedBytes'>,
  bytes: number,
  phase: PhaseName,
): AttemptFailure | null {
  if (expectedBytes === null || bytes === expectedBytes) return null;
  const code = bytes < expectedBytes ? 'ShortBody' : 'LongBody';
  return { code, phase, message: `${expectedBytes} bytes were due, the answer has ${bytes}`, retry: 'no' };
}

/** `bytes 0-9/100` → its numbers; null where the text is anything else. */
export function parseContentRange(
  text: string | null,
): { from: number; to: number; size: number | null } | null {
  const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(text ?? '');
  if (!match) return null;
  const [from, to] = [Number(match[1]), Number(match[2])];
  const size = match[3] === '*' ? null : Number(match[3]);
  return from > to || (size !== null && to >= size) ? null : { from, to, size };
}
