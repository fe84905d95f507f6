import { MalformedResponse } from './malformed-response';
import type { ResponseHead } from './response-head';

/** How the end of a body is told (RFC 9112 6.3). */
export type BodyFraming =
  | { kind: 'length'; lengthBytes: number }
  | { kind: 'chunked' }
  /** Until the peer closes. */
  | { kind: 'close' };

const none: BodyFraming = { kind: 'length', lengthBytes: 0 };

/** What could be read in two ways is refused: that is how answers are smuggled. */
export function bodyFraming(method: 'GET' | 'HEAD', head: ResponseHead): BodyFraming {
  const { status, headers, minorVersion } = head;
  const length = headers.get('content-length');
  const coding = headers.get('transfer-encoding');
  if (coding !== undefined && length !== undefined)
    throw new MalformedResponse('the answer has a Content-Length and a Transfer-Encoding');
  // "5, 5" included: a repeated Content-Length is a sign of something between that disagrees.
  if (length !== undefined && !/^\d{1,15}$/.test(length))
    throw new MalformedResponse('the answer has no single, whole Content-Length');
  if (coding !== undefined && (minorVersion === 0 || coding.toLowerCase() !== 'chunked'))
    throw new MalformedResponse('the answer has a Transfer-Encoding that was not asked for');
  if (method === 'HEAD' || status === 204 || status === 304) return none;
  if (coding !== undefined) return { kind: 'chunked' };
  return length === undefined ? { kind: 'close' } : { kind: 'length', lengthBytes: Number(length) };
}

/** Whether the peer lets the connection be used again (RFC 9112 9.3). */
export function keepsAlive({ minorVersion, headers }: ResponseHead, framing: BodyFraming): boolean {
  if (framing.kind === 'close') return false;
  const options = headers.get('connection') ?? '';
  if (/(?:^|,)\s*close\s*(?:,|$)/i.test(options)) return false;
  return minorVersion === 1 || /(?:^|,)\s*keep-alive\s*(?:,|$)/i.test(options);
}
