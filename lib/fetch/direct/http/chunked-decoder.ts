import { MalformedResponse } from './malformed-response';

/** Takes the bytes of a body, where they lie in the buffer that was read into. */
export type BodySink = (buffer: Buffer, from: number, to: number) => void;

type State = 'size' | 'extension' | 'sizeEnd' | 'data' | 'dataCr' | 'dataEnd' | 'field' | 'trailer' | 'end';

/** Extensions and trailers are read over; no more of them than this. */
const mostLineBytes = 16 * 1024;
/** 2^52 bytes: sizes stay exact numbers. */
const mostSizeDigits = 13;
const [tab, lf, cr] = [0x09, 0x0a, 0x0d];

/** RFC 9112 7.1, byte by byte where there is framing and in whole pieces where there is data. */
export class ChunkedDecoder {
  #state: State = 'size';
  #left = 0;
  #digits = 0;
  #lineBytes = 0;
  #sawColon = false;
  done = false;

  /** Gives on the data from `from` to `to` and returns where it stopped: `to`, or just after the body's end. */
  feed(buffer: Buffer, from: number, to: number, sink: BodySink): number {
    let at = from;
    while (at < to && !this.done) {
      if (this.#state === 'data') {
        const end = Math.min(to, at + this.#left);
        sink(buffer, at, end);
        this.#left -= end - at;
        at = end;
        if (this.#left === 0) this.#state = 'dataCr';
      } else this.#step(buffer[at++]!);
    }
    return at;
  }

  #step(byte: number): void {
    switch (this.#state) {
      case 'size':
        return this.#size(byte);
      case 'extension':
        if (byte === cr) this.#state = 'sizeEnd';
        else this.#lineByte(byte);
        return;
      case 'sizeEnd':
        this.#expect(byte, lf);
        this.#state = this.#left > 0 ? 'data' : 'field';
        return;
      case 'dataCr':
        this.#expect(byte, cr);
        this.#state = 'dataEnd';
        return;
      case 'dataEnd':
        this.#expect(byte, lf);
        this.#startSize();
        return;
      case 'field':
        return this.#fieldStart(byte);
      case 'trailer':
        return this.#trailer(byte);
      default:
        this.#expect(byte, lf);
        this.done = true;
    }
  }

  #startSize(): void {
    this.#state = 'size';
    this.#left = 0;
    this.#digits = 0;
  }

  #size(byte: number): void {
    const digit = hexDigit(byte);
    if (digit >= 0) {
      if (++this.#digits > mostSizeDigits) throw new MalformedResponse('a chunk has too long a size');
      this.#left = this.#left * 16 + digit;
      return;
    }
    if (this.#digits === 0) throw new MalformedResponse('a chunk has no size');
    if (byte === cr) this.#state = 'sizeEnd';
    else if (byte === 0x3b) this.#state = 'extension';
    else throw new MalformedResponse('a chunk has a size that is no number');
  }

  // A trailer's first byte, or the empty line that ends the body. A blank would fold the line before.
  #fieldStart(byte: number): void {
    if (byte === cr) {
      this.#state = 'end';
      return;
    }
    if (byte <= 0x20 || byte === 0x3a) throw new MalformedResponse('a trailer has no name');
    this.#state = 'trailer';
    this.#sawColon = false;
    this.#lineByte(byte);
  }

  #trailer(byte: number): void {
    if (byte === cr) {
      if (!this.#sawColon) throw new MalformedResponse('a trailer has no colon');
      this.#state = 'sizeEnd';
    } else {
      this.#sawColon ||= byte === 0x3a;
      this.#lineByte(byte);
    }
  }

  #lineByte(byte: number): void {
    if ((byte < 0x20 && byte !== tab) || byte === 0x7f)
      throw new MalformedResponse('a chunk extension or a trailer has a control character');
    if (++this.#lineBytes > mostLineBytes)
      throw new MalformedResponse('the chunk extensions or the trailers are too long');
  }

  #expect(byte: number, wanted: number): void {
    if (byte !== wanted) throw new MalformedResponse('a chunk does not end where it says');
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
