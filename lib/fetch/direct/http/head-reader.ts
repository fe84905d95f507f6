import { MalformedResponse } from './malformed-response';
import { mostHeadBytes } from './response-head';

const headEnd = Buffer.from('\r\n\r\n');
const nothing = Buffer.alloc(0);

/** Finds the end of a head in the pieces of a byte stream. A head in one piece is not copied. */
export class HeadReader {
  /** The head without the empty line that ends it, once it is whole. */
  text = '';
  /** The beginning of a head that came in pieces. */
  #begun = nothing;

  /** Returns where the head's empty line ends, or -1 where the head goes on in the next piece. */
  read(buffer: Buffer, from: number, to: number): number {
    const before = this.#begun.length;
    const piece = buffer.subarray(from, to);
    const bytes = before > 0 ? Buffer.concat([this.#begun, piece]) : piece;
    const end = bytes.indexOf(headEnd);
    if ((end < 0 ? bytes.length - headEnd.length : end) > mostHeadBytes)
      throw new MalformedResponse(`the head of the answer is longer than ${mostHeadBytes} bytes`);
    if (end < 0) {
      this.#begun = Buffer.from(bytes);
      return -1;
    }
    this.text = bytes.toString('latin1', 0, end);
    this.reset();
    return from + end + headEnd.length - before;
  }

  reset(): void {
    this.#begun = nothing;
  }
}
