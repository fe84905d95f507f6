import type { IncomingHttpHeaders } from 'node:http';
import { canonicalQuery } from './canonical-query';
import { canonicalUri } from './canonical-uri';

export interface SignedRequest {
  method: string;
  /** Path and query exactly as they stood on the request line. */
  url: string;
  headers: IncomingHttpHeaders;
}

export function canonicalRequest(
  request: SignedRequest,
  service: string,
  signedHeaders: string[],
  payloadHash: string,
): string {
  const question = request.url.indexOf('?');
  const path = question === -1 ? request.url : request.url.slice(0, question);
  const query = question === -1 ? '' : request.url.slice(question + 1);
  let headerLines = '';
  for (const name of signedHeaders) headerLines += `${name}:${canonicalValue(request.headers[name])}\n`;
  return `${request.method}\n${canonicalUri(path, service)}\n${canonicalQuery(query)}\n${headerLines}\n${signedHeaders.join(';')}\n${payloadHash}`;
}

function canonicalValue(value: string | string[] | undefined): string {
  // Not only undefined: a client may claim to have signed a header called `__proto__`.
  if (typeof value !== 'string' && !Array.isArray(value)) return '';
  const text = typeof value === 'string' ? value : value.join(',');
  return text.includes('  ') || text.includes('\t') ? text.trim().replaceAll(/\s+/g, ' ') : text.trim();
}
