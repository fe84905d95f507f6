import { MalformedResponse } from '../../../../../lib/fetch/direct/http/malformed-response';
import {
  createResponseParser,
  type Method,
  type ResponseSink,
} from '../../../../../lib/fetch/direct/http/response-parser';

export interface ReadAnswer {
  status: number | null;
  etag: string | undefined;
  body: string;
  /** How it ended: whole, cut by the end of the stream, unfinished, or no HTTP at all. */
  end: 'whole' | 'cut' | 'unfinished' | 'malformed';
  reusable: boolean;
  surplus: boolean;
}

/** Feeds a parser with pieces, as a socket would, and says what it made of them. */
export function readAnswer(pieces: readonly Buffer[], ends: boolean, method: Method = 'GET'): ReadAnswer {
  const answer: ReadAnswer = {
    status: null,
    etag: undefined,
    body: '',
    end: 'unfinished',
    reusable: false,
    surplus: false,
  };
  const sink: ResponseSink = {
    onHead: ({ status, headers }) => Object.assign(answer, { status, etag: headers.get('etag') }),
    onBody: (buffer, from, to) => {
      answer.body += buffer.toString('latin1', from, to);
    },
    onEnd: (reusable, surplus) => Object.assign(answer, { end: 'whole', reusable, surplus }),
  };
  const parser = createResponseParser();
  parser.expect(method, sink);
  // One buffer, read into again and again, with what an earlier read left behind.
  const read = Buffer.alloc(1_000, 'HTTP/1.1 200 OK\r\n\r\n');
  try {
    for (const piece of pieces)
      for (let at = 0; at < piece.length; at += read.length) {
        const bytes = piece.copy(read, 0, at);
        if (!parser.feed(read, 0, bytes)) return answer;
      }
    if (ends && !parser.endOfStream() && answer.end === 'unfinished') answer.end = 'cut';
  } catch (error) {
    if (!(error instanceof MalformedResponse)) throw error;
    answer.end = 'malformed';
  }
  return answer;
}

/** Cuts at the given places, wherever they fall. */
export function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return cuts.slice(1).map((to, n) => bytes.subarray(cuts[n], to));
}
