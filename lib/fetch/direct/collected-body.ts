/** A body that is short enough to be kept, copied out of the read buffer. */
export class CollectedBody {
  readonly pieces: Buffer[] = [];
  bytes = 0;
  readonly #mostBytes: number;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** False, and nothing is kept of these bytes, where it would become too long. */
  add(buffer: Buffer, from: number, to: number): boolean {
    if (this.bytes + (to - from) > this.#mostBytes) return false;
    this.pieces.push(Buffer.from(buffer.subarray(from, to)));
    this.bytes += to - from;
    return true;
  }

  text(): string {
    return Buffer.concat(this.pieces).toString();
  }
}
