import { type AttemptFailure, failed } from './failure';
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
  const { range, etag } = request;
  const { status, contentLength, contentRange } = head;
  const fail = (code: AttemptFailure['code'], message: string) => failed(code, 'firstByte', message);
  const wrongRange = (message: string) => fail('ContentRangeMismatch', message);
  if (status !== 200 && status !== 206) return fail('Other', `the answer has the status ${status}`);
  // Whoever does not know If-Match would mix two versions.
  if (etag !== null && head.etag !== null && head.etag !== etag)
    return fail('ObjectChanged', `asked for the ETag ${etag}, got ${head.etag}`);
  if (range) {
    if (status === 200) return fail('RangeIgnored', 'the answer to a Range is the whole object (200)');
    const answered = parseContentRange(contentRange);
    const { from, to } = range;
    const asked = `asked for bytes ${from}-${to ?? ''}, got `;
    if (!answered) return wrongRange(`${asked}no valid Content-Range`);
    if (answered.from !== from || (to !== null && answered.to !== to))
      return wrongRange(asked + contentRange);
    if (etag !== null && head.etag === null)
      return fail('ObjectChanged', `asked for a part of the ETag ${etag}, the answer names none`);
    if (contentLength !== null && contentLength !== answered.to - from + 1)
      return wrongRange(`${contentRange} does not hold ${contentLength} bytes`);
  } else if (status === 206) return wrongRange('asked for the whole object, got a part of it (206)');
  return contentLength === null ? null : lengthFailure(request, contentLength, 'firstByte');
}

/** Compares how long a body is, or says it is, with what was due. Null where all is well, or nothing was known. */
export function lengthFailure(
  { expectedBytes }: Pick<GetRequest, 'expectedBytes'>,
  bytes: number,
  phase: PhaseName,
): AttemptFailure | null {
  if (expectedBytes === null || bytes === expectedBytes) return null;
  const code = bytes < expectedBytes ? 'ShortBody' : 'LongBody';
  return failed(code, phase, `${expectedBytes} bytes were due, the answer has ${bytes}`);
}

/** `bytes 0-9/100` → its numbers; null where the text is anything else. */
export function parseContentRange(
  text: string | null,
): { from: number; to: number; size: number | null } | null {
  const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(text ?? '');
  if (!match) return null;
  const [, from = 0, to = 0, size = 0] = match.map(Number);
  const isOpen = match[3] === '*';
  return from > to || to >= size ? null : { from, to, size: isOpen ? null : size };
}
