import { HeaderFields } from './header-fields';
import { MalformedResponse } from './malformed-response';

/** Status line and header fields. */
export interface ResponseHead {
  status: number;
  /** 0 or 1: the minor version of HTTP/1. */
  minorVersion: 0 | 1;
  headers: HeaderFields;
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
  const headers = new HeaderFields(text);
  if (headers.isMoreThan(mostHeaders))
    throw new MalformedResponse(`the answer has more than ${mostHeaders} headers`);
  return {
    status: Number(text.slice(9, 12)),
    minorVersion: text.charCodeAt(7) === 0x30 ? 0 : 1,
    headers,
  };
}
