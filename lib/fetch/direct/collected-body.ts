import { mostErrorBytes } from './error-document';

/** A body that may be an error's document, copied out of the read buffer. */
export class CollectedBody {
  readonly pieces: Buffer[] = [];
  bytes = 0;

  /** False, and nothing is kept of these bytes, where it would become too long for an error. */
  add(buffer: Buffer, from: number, to: number): boolean {
    if (this.bytes + (to - from) > mostErrorBytes) return false;
    this.pieces.push(Buffer.from(buffer.subarray(from, to)));
    this.bytes += to - from;
    return true;
  }

  text(): string {
    return Buffer.concat(this.pieces).toString();
  }
}
