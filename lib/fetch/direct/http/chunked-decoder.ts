import { MalformedResponse } from './malformed-response';

/** Takes the bytes of a body, where they lie in the buffer that was read into. */
export type BodySink = (buffer: Buffer, from: number, to: number) => void;

/** Extensions and trailers are read over; no more of a body's lines than this. */
const mostLineBytes = 16 * 1024;
const lf = 0x0a;

/** What a line, or as much of it as is here, looks like. 13 digits are 2^52 bytes: sizes stay exact numbers. */
const lines = {
  size: /^[\da-f]{1,13}(?:;[\t\x20-\x7e\x80-\xff]*)?(?:\r\n?)?$/i,
  dataEnd: /^\r\n?$/,
  // A blank at its start would fold the line before.
  trailer: /^(?:[^\0-\x20:\x7f][\t\x20-\x7e\x80-\xff]*)?(?:\r\n?)?$/,
};

/** RFC 9112 7.1: line by line where there is framing, in whole pieces where there is data. */
export interface ChunkedDecoder {
  /** Gives on the data from `from` to `to` and returns where it stopped: `to`, or just after the body's end. */
  feed(buffer: Buffer, from: number, to: number): number;
  isDone(): boolean;
}

export function createChunkedDecoder(sink: BodySink): ChunkedDecoder {
  let awaited: keyof typeof lines = 'size';
  let line = '';
  let readOverBytes = 0;
  let leftBytes = 0;
  let done = false;

  const endLine = () => {
    if (awaited === 'size') {
      leftBytes = Number.parseInt(line, 16);
      awaited = leftBytes > 0 ? 'dataEnd' : 'trailer';
    } else if (awaited === 'dataEnd') awaited = 'size';
    else if (line === '\r\n') done = true;
    else if (!line.includes(':')) throw malformed();
    line = '';
  };
  const readLine = (piece: string) => {
    line += piece;
    if (awaited === 'trailer' || line.includes(';')) readOverBytes += piece.length;
    if (!lines[awaited].test(line) || readOverBytes > mostLineBytes) throw malformed();
    if (piece.endsWith('\n')) endLine();
  };

  return {
    isDone: () => done,
    feed(buffer, from, to) {
      let at = from;
      while (at < to) {
        const start = at;
        if (leftBytes > 0) {
          at = Math.min(to, start + leftBytes);
          leftBytes -= at - start;
          sink(buffer, start, at);
        } else {
          const end = buffer.indexOf(lf, start) + 1;
          at = end > 0 && end < to ? end : to;
          readLine(buffer.toString('latin1', start, at));
          if (done) break;
        }
      }
      return at;
    },
  };
}

const malformed = () => new MalformedResponse('the chunks of the answer are not framed as HTTP/1.1');
