import { MalformedResponse } from './malformed-response';
import { mostHeadBytes } from './response-head';

const headEnd = Buffer.from('\r\n\r\n');

/** Finds the end of a head in the pieces of a byte stream. A head in one piece is not copied. */
export class HeadReader {
  /** The head without the empty line that ends it, once it is whole. */
  text = '';
  /** The beginning of a head that came in pieces. */
  #begun: Buffer | null = null;
  #begunBytes = 0;

  /** Returns where the head's empty line ends, or -1 where the head goes on in the next piece. */
  read(buffer: Buffer, from: number, to: number): number {
    if (this.#begun) return this.#goOn(this.#begun, buffer, from, to);
    // What lies behind `to` is left from an earlier read.
    const end = buffer.indexOf(headEnd, from);
    if (end < 0 || end + headEnd.length > to) {
      this.#begun = Buffer.allocUnsafe(mostHeadBytes + headEnd.length);
      this.#begunBytes = 0;
      return this.#goOn(this.#begun, buffer, from, to);
    }
    if (end - from > mostHeadBytes) throw tooLong();
    this.text = buffer.toString('latin1', from, end);
    return end + headEnd.length;
  }

  reset(): void {
    this.#begun = null;
  }

  #goOn(begun: Buffer, buffer: Buffer, from: number, to: number): number {
    const before = this.#begunBytes;
    this.#begunBytes += buffer.copy(begun, before, from, to);
    const searchFrom = Math.max(0, before - headEnd.length + 1);
    const found = begun.subarray(searchFrom, this.#begunBytes).indexOf(headEnd);
    if (found < 0) {
      if (this.#begunBytes === begun.length) throw tooLong();
      return -1;
    }
    const end = searchFrom + found;
    this.text = begun.toString('latin1', 0, end);
    this.reset();
    return from + end + headEnd.length - before;
  }
}

const tooLong = () => new MalformedResponse(`the head of the answer is longer than ${mostHeadBytes} bytes`);
