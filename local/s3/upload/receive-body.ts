import type { ChecksumAlgorithm } from '../checksum/checksum-algorithm';
import type { Exchange } from '../exchange';
import { respondError } from '../respond';
import { S3Error } from '../s3-error';
import { BodyDigests } from './body-digests';
import { checksumClaim } from './checksum-claim';
import { type Payload, payloadOf } from './payload';

export interface ReceivedBody {
  sizeBytes: number;
  /** MD5 in hex. */
  etag: string;
  algorithm: ChecksumAlgorithm;
  /** Base64. */
  checksum: string;
}

export interface ReceiveOptions {
  maxBytes: number;
  /** Computed where the client names no algorithm. */
  fallback: ChecksumAlgorithm;
  write: (data: Buffer) => Promise<void>;
}

/** Reads a request's body to its end and checks all that its client said of it: length, hashes, signatures. */
export async function receiveBody(exchange: Exchange, options: ReceiveOptions): Promise<ReceivedBody> {
  const { request, response } = exchange;
  const payload = payloadOf(exchange);
  if (payload.sizeBytes > options.maxBytes) throw tooLarge(payload.sizeBytes, options.maxBytes);
  const claim = checksumClaim(request.headers);
  const digests = new BodyDigests(claim?.algorithm ?? options.fallback, payload.sha256);

  if (request.headers.expect !== undefined) response.writeContinue();
  request.setTimeout(exchange.settings.uploadIdleTimeoutMs, () => giveUp(exchange));
  try {
    let sizeBytes = 0;
    for await (const data of dataOf(exchange, payload)) {
      sizeBytes += data.length;
      if (sizeBytes > payload.sizeBytes) throw new S3Error('IncompleteBody');
      digests.update(data);
      await options.write(data);
    }
    if (sizeBytes !== payload.sizeBytes) throw new S3Error('IncompleteBody');
    const found = digests.finish(request.headers, claim, payload.decoder?.trailers ?? null);
    return { sizeBytes, algorithm: digests.algorithm, ...found };
  } finally {
    request.setTimeout(0);
  }
}

async function* dataOf({ request }: Exchange, { decoder }: Payload): AsyncGenerator<Buffer> {
  // Left early by an error, the rest of the request must still be there to be drained.
  const pieces = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const piece of pieces) {
    if (decoder) yield* decoder.push(piece);
    else yield piece;
  }
  decoder?.end();
}

function giveUp({ request, response, requestId }: Exchange): void {
  const error = new S3Error('RequestTimeout');
  if (response.headersSent) request.destroy();
  else respondError(response, requestId, request.url!.split('?', 1)[0]!, error, ['connection', 'close']);
  response.once('finish', () => request.destroy());
}

function tooLarge(sizeBytes: number, maxBytes: number): S3Error {
  const details: [string, string][] = [
    ['ProposedSize', String(sizeBytes)],
    ['MaxSizeAllowed', String(maxBytes)],
  ];
  return new S3Error('EntityTooLarge', undefined, { details });
}
