import { MalformedResponse } from './malformed-response';

/** Status line and header fields. Names are in lower case; values of a repeated name are joined by a comma. */
export interface ResponseHead {
  status: number;
  /** 0 or 1: the minor version of HTTP/1. */
  minorVersion: 0 | 1;
  headers: Record<string, string>;
}

/** S3 sends at most about 8 KiB (2 KiB of metadata); nginx and Node stop at 8 and 16 KiB. */
export const mostHeadBytes = 32 * 1024;
const mostHeaders = 200;

// RFC 9112 4 and 5: one line a field, no folding, no blank before the colon, no control characters.
const wellFormed =
  /^HTTP\/1\.[01] [1-9]\d\d(?: [\t\x20-\x7e\x80-\xff]*)?(?:\r\n[!#$%&'*+.^_`|~\w-]+:[\t\x20-\x7e\x80-\xff]*)*$/;

/** Reads a head, given without the empty line that ends it. */
export function parseHead(text: string): ResponseHead {
  if (!wellFormed.test(text)) throw new MalformedResponse('the head of the answer is not HTTP/1.1');
  const lines = text.split('\r\n');
  if (lines.length - 1 > mostHeaders)
    throw new MalformedResponse(`the answer has more than ${mostHeaders} headers`);
  const statusLine = lines[0]!;
  // Without a prototype: the names come from outside.
  const headers = Object.create(null) as Record<string, string>;
  for (let n = 1; n < lines.length; n++) addHeader(headers, lines[n]!);
  return {
    status: Number(statusLine.slice(9, 12)),
    minorVersion: statusLine.charCodeAt(7) === 0x30 ? 0 : 1,
    headers,
  };
}

function addHeader(headers: Record<string, string>, line: string): void {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon).toLowerCase();
  const value = line.slice(colon + 1).trim();
  const before = headers[name];
  headers[name] = before === undefined ? value : `${before}, ${value}`;
}
