import type { GetRequest } from '../object-client';
import { rangeHeader } from '../object-client';
import type { RequestToSign, Signer } from './signing/signer';

/** A whole request, to be written at once. Range and If-Match stay unsigned: S3 does not ask for more. */
export function requestText(
  request: Pick<GetRequest, 'range' | 'etag'>,
  toSign: RequestToSign,
  signer: Signer,
  nowMs: number,
): string {
  const range = rangeHeader(request.range);
  return (
    `${toSign.method} ${toSign.path} HTTP/1.1\r\nhost: ${toSign.host}\r\n` +
    signer.sign(toSign, nowMs) +
    (range === null ? '' : `range: ${range}\r\n`) +
    (request.etag === null ? '' : `if-match: ${request.etag}\r\n`) +
    'accept-encoding: identity\r\nuser-agent: s3-fetch-tuner\r\n\r\n'
  );
}
