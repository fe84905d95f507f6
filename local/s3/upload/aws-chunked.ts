import { S3Error } from '../s3-error';
import type { ChunkSignatures } from './chunk-signatures';

type State = 'size' | 'data' | 'data-end' | 'trailer' | 'done';

// A size, a signature and CRLF fit many times over; the trailers are one checksum and one signature.
const maxLineBytes = 4_096;
const maxTrailers = 8;
const sizeLine = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/;

/** Takes the framing off an aws-chunked body, a piece at a time, and checks its signatures where it has them. */
export class AwsChunkedDecoder {
  readonly trailers = new Map<string, string>();
  readonly #signatures: ChunkSignatures | null;
  readonly #hasTrailer: boolean;
  #state: State = 'size';
  #line = '';
  #leftBytes = 0;
  #chunkSignature: string | undefined;
  #trailerLines = '';

  constructor(signatures: ChunkSignatures | null, hasTrailer: boolean) {
    this.#signatures = signatures;
    this.#hasTrailer = hasTrailer;
  }

  *push(piece: Buffer): Generator<Buffer> {
    let at = 0;
    while (at < piece.length) {
      if (this.#state === 'data') {
        const data = piece.subarray(at, at + this.#leftBytes);
        at += data.length;
        this.#leftBytes -= data.length;
        this.#signatures?.update(data);
        yield data;
        if (this.#leftBytes === 0) this.#state = 'data-end';
      } else {
        at = this.#takeLine(piece, at);
      }
    }
  }

  end(): void {
    if (this.#state !== 'done') throw new S3Error('IncompleteBody', 'The aws-chunked body ended too early.');
    if (this.#line !== '') throw malformed();
  }

  #takeLine(piece: Buffer, at: number): number {
    const newline = piece.indexOf(10, at);
    const end = newline === -1 ? piece.length : newline;
    this.#line += piece.toString('latin1', at, end);
    if (this.#line.length > maxLineBytes) throw malformed();
    if (newline === -1) return piece.length;
    if (!this.#line.endsWith('\r')) throw malformed();
    const line = this.#line.slice(0, -1);
    this.#line = '';
    this.#handleLine(line);
    return newline + 1;
  }

  #handleLine(line: string): void {
    if (this.#state === 'size') this.#startChunk(line);
    else if (this.#state === 'data-end') this.#endChunk(line);
    else if (this.#state === 'trailer') this.#takeTrailer(line);
    else if (line !== '') throw malformed();
  }

  #startChunk(line: string): void {
    const match = sizeLine.exec(line);
    if (!match) throw malformed();
    this.#leftBytes = Number.parseInt(match[1]!, 16);
    this.#chunkSignature = match[2];
    this.#state = 'data';
    if (this.#leftBytes > 0) return;
    this.#signatures?.endChunk(this.#chunkSignature);
    this.#state = 'trailer';
  }

  #endChunk(line: string): void {
    if (line !== '') throw malformed();
    this.#signatures?.endChunk(this.#chunkSignature);
    this.#state = 'size';
  }

  #takeTrailer(line: string): void {
    if (line === '') {
      if (this.#signatures && this.#hasTrailer) {
        this.#signatures.endTrailer(this.#trailerLines, this.trailers.get('x-amz-trailer-signature'));
      }
      this.#state = 'done';
      return;
    }
    const colon = line.indexOf(':');
    if (!this.#hasTrailer || colon < 1 || this.trailers.size === maxTrailers) throw malformed();
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    this.trailers.set(name, value);
    if (name !== 'x-amz-trailer-signature') this.#trailerLines += `${name}:${value}\n`;
  }
}

const malformed = () => new S3Error('InvalidRequest', 'The aws-chunked body is malformed.');
