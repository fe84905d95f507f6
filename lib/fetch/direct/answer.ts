import { type AttemptFailure, failed } from '../failure';
import type { ComputedCrc, GetRequest, GivenChecksum } from '../object-client';
import { lengthFailure, responseFailure } from '../response-check';
import { isErrorStatus, statusFailure } from './answer-failure';
import { type BodyChecksum, createBodyChecksum, givenChecksum } from './body-checksum';
import { CollectedBody } from './collected-body';
import { type ErrorDocument, mostErrorBytes, parseErrorDocument } from './error-document';
import type { BodyFraming } from './http/body-framing';
import type { ResponseHead } from './http/response-head';

/** Takes an answer as it arrives and judges it: the object that was asked for, or why not. */
export class Answer {
  head: ResponseHead | null = null;
  errorDocument: ErrorDocument | null = null;
  failure: AttemptFailure | null = null;
  checksumVerified = false;
  given: GivenChecksum | undefined;
  /** Of the object, where the answer to HEAD tells it. */
  sizeBytes: number | undefined;
  /** Of the object; an error's document does not count. */
  bytes = 0;
  readonly #request: GetRequest;
  readonly #verifyChecksum: boolean;
  #checksum: BodyChecksum | null = null;
  /** An error's document, or what may be one. */
  #collected: CollectedBody | null = null;
  #framing: BodyFraming['kind'] = 'length';

  constructor(request: GetRequest, verifyChecksum: boolean) {
    this.#request = request;
    this.#verifyChecksum = verifyChecksum && request.range === null;
  }

  get crc(): ComputedCrc | undefined {
    return this.#checksum?.crc();
  }

  /** False where the body is not worth its bytes. */
  onHead(head: ResponseHead, framing: BodyFraming): boolean {
    this.head = head;
    this.#framing = framing.kind;
    if (isErrorStatus(head.status)) {
      this.failure = statusFailure(head, null);
      this.#collected = new CollectedBody();
      return true;
    }
    const lengthBytes = framing.kind === 'length' ? framing.lengthBytes : null;
    if (mayBeError(head, lengthBytes)) {
      this.#collected = new CollectedBody();
      return true;
    }
    return this.#startObject(head, lengthBytes);
  }

  /** False where the rest of the body is not worth its bytes. */
  onBody(buffer: Buffer, from: number, to: number): boolean {
    const collected = this.#collected;
    if (!collected) return this.#takeBytes(buffer, from, to);
    if (collected.add(buffer, from, to)) return true;
    if (this.failure) return false;
    // Too long to be an error: an object after all.
    return this.#startCollected(collected, null) && this.#takeBytes(buffer, from, to);
  }

  onEnd(surplus: boolean): void {
    if (this.#collected) this.#endCollected(this.#collected);
    if (this.failure) return;
    this.failure = this.#shortOrLong(surplus);
    if (this.failure || !this.#checksum) return;
    this.failure = this.#checksum.failure();
    this.checksumVerified = this.given !== undefined && this.failure === null;
  }

  /** The answer broke off: what was read of an error still says more than that. */
  onCut(failure: AttemptFailure): void {
    if (this.failure && this.#collected) this.#endCollected(this.#collected);
    this.failure ??= failure;
  }

  #startObject(head: ResponseHead, lengthBytes: number | null): boolean {
    const { headers } = head;
    this.failure = responseFailure(this.#request, {
      status: head.status,
      contentLength: lengthBytes,
      contentRange: headers.get('content-range') ?? null,
      etag: headers.get('etag') ?? null,
    });
    if (this.failure) return false;
    if (this.#verifyChecksum) this.given = givenChecksum(headers);
    if (this.#request.method === 'HEAD') this.sizeBytes = sizeOf(headers);
    this.#checksum = this.#checksumOf(this.#request);
    return true;
  }

  #checksumOf({ method, checksum }: GetRequest): BodyChecksum | null {
    if (method === 'HEAD') return null;
    if (this.given) return createBodyChecksum(this.given.algorithm, this.given.value);
    return checksum ? createBodyChecksum(checksum, null) : null;
  }

  #takeBytes(buffer: Buffer, from: number, to: number): boolean {
    this.bytes += to - from;
    const { onBody, expectedBytes } = this.#request;
    if (expectedBytes !== null && this.bytes > expectedBytes) {
      this.failure = lengthFailure(this.#request, this.bytes, 'body');
      return false;
    }
    if (this.#checksum || onBody) {
      const chunk = buffer.subarray(from, to);
      this.#checksum?.update(chunk);
      onBody?.(chunk);
    }
    return true;
  }

  #endCollected(collected: CollectedBody): void {
    this.errorDocument = parseErrorDocument(collected.text());
    if (this.failure || this.errorDocument) this.failure = statusFailure(this.head!, this.errorDocument);
    else this.#startCollected(collected, collected.bytes);
  }

  #startCollected(collected: CollectedBody, lengthBytes: number | null): boolean {
    this.#collected = null;
    return (
      this.#startObject(this.head!, lengthBytes) &&
      collected.pieces.every((piece) => this.#takeBytes(piece, 0, piece.length))
    );
  }

  #shortOrLong(surplus: boolean): AttemptFailure | null {
    if (surplus) return failed('LongBody', 'body', `the answer went on after its ${this.bytes} bytes`);
    const failure = lengthFailure(this.#request, this.bytes, 'body');
    // Without a length of its own, a body that was cut looks as if it had ended.
    return failure && { ...failure, retry: this.#framing === 'close' ? 'transient' : 'no' };
  }
}

// Whatever stands there is a number: what is none was no HTTP.
function sizeOf(headers: ResponseHead['headers']): number | undefined {
  const length = headers.get('content-length');
  return length === undefined ? undefined : Number(length);
}

// S3 answers 200 before it knows whether it will succeed, and an object always has an ETag.
function mayBeError({ headers }: ResponseHead, lengthBytes: number | null): boolean {
  return (
    headers.get('etag') === undefined &&
    /\bxml\b/i.test(headers.get('content-type') ?? '') &&
    (lengthBytes === null || lengthBytes <= mostErrorBytes)
  );
}
