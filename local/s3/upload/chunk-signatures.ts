import { createHash, hash } from 'node:crypto';
import { sameText } from '../../sigv4/same-text';
import type { SigV4Success } from '../../sigv4/sigv4-verdict';
import { S3Error } from '../s3-error';

const emptyHash = hash('sha256', '', 'hex');

/** The chain of signatures of a signed aws-chunked body: each covers its chunk and the signature before it. */
export class ChunkSignatures {
  readonly #request: SigV4Success;
  #previous: string;
  #chunk = createHash('sha256');

  constructor(request: SigV4Success) {
    this.#request = request;
    this.#previous = request.signature;
  }

  update(data: Buffer): void {
    this.#chunk.update(data);
  }

  endChunk(signature: string | undefined): void {
    const chunkHash = this.#chunk.digest('hex');
    this.#chunk = createHash('sha256');
    this.#check('AWS4-HMAC-SHA256-PAYLOAD', `${emptyHash}\n${chunkHash}`, signature);
  }

  endTrailer(trailerLines: string, signature: string | undefined): void {
    this.#check('AWS4-HMAC-SHA256-TRAILER', hash('sha256', trailerLines, 'hex'), signature);
  }

  #check(algorithm: string, covered: string, signature = ''): void {
    const { key, dateTime, scope } = this.#request;
    const stringToSign = `${algorithm}\n${dateTime}\n${scope}\n${this.#previous}\n${covered}`;
    const expected = key.hex(stringToSign);
    if (!sameText(expected, signature)) {
      throw new S3Error('SignatureDoesNotMatch', 'The signature of a chunk of the body does not match.');
    }
    this.#previous = expected;
  }
}
