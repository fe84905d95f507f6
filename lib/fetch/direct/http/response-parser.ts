import { type BodyFraming, bodyFraming, keepsAlive } from './body-framing';
import { createChunkedDecoder } from './chunked-decoder';
import { HeadReader } from './head-reader';
import { MalformedResponse } from './malformed-response';
import { parseHead, type ResponseHead } from './response-head';

export type Method = 'GET' | 'HEAD';

/** Told what an answer consists of, in order: `onHead` once, `onBody` any number of times, `onEnd` once. */
export interface ResponseSink {
  onHead(head: ResponseHead, framing: BodyFraming): void;
  /** The bytes lie in the read buffer and are gone after the call. */
  onBody(buffer: Buffer, from: number, to: number): void;
  /** `surplus`: the peer went on after the end of a body whose length it had told. */
  onEnd(reusable: boolean, surplus: boolean): void;
}

/**
 * Reads one answer after the other from the pieces of a byte stream, however they are cut. Throws
 * `MalformedResponse` where they are no HTTP; the connection is then of no more use.
 */
export interface ResponseParser {
  expect(method: Method, sink: ResponseSink): void;
  /** The sink has heard enough. */
  stop(): void;
  /** Returns false where bytes came that no answer was due for. */
  feed(buffer: Buffer, from: number, to: number): boolean;
  /** The peer sends nothing more. True where that was the end of a body. */
  endOfStream(): boolean;
}

export function createResponseParser(): ResponseParser {
  const headReader = new HeadReader();
  let state: 'idle' | 'head' | BodyFraming['kind'] = 'idle';
  let sink: ResponseSink | null = null;
  let method: Method = 'GET';
  let leftBytes = 0;
  let reusable = false;

  const onData = (buffer: Buffer, from: number, to: number) => sink?.onBody(buffer, from, to);
  let chunks = createChunkedDecoder(onData);

  const stop = () => {
    state = 'idle';
    sink = null;
    headReader.reset();
  };
  // Whatever follows the end was not asked for, and a connection that says it is not used again.
  const end = (surplus: boolean, more = surplus) => {
    const ended = sink;
    stop();
    ended?.onEnd(reusable && !more, surplus);
  };
  const startBody = (head: ResponseHead, more: boolean) => {
    const framing = bodyFraming(method, head);
    reusable = keepsAlive(head, framing);
    state = framing.kind;
    leftBytes = framing.kind === 'length' ? framing.lengthBytes : 0;
    if (framing.kind === 'chunked') chunks = createChunkedDecoder(onData);
    sink!.onHead(head, framing);
    if (state === 'length' && leftBytes === 0) end(more);
  };
  const feedHead = (buffer: Buffer, from: number, to: number) => {
    const next = headReader.read(buffer, from, to);
    if (next < 0) return to;
    const head = parseHead(headReader.text);
    if (head.status === 101) throw new MalformedResponse('the answer changes the protocol');
    if (head.status >= 200) startBody(head, next < to);
    return next;
  };
  const feedLength = (buffer: Buffer, from: number, to: number) => {
    const at = Math.min(to, from + leftBytes);
    leftBytes -= at - from;
    onData(buffer, from, at);
    if (leftBytes === 0 && state === 'length') end(at < to);
    return at;
  };
  const feedChunks = (buffer: Buffer, from: number, to: number) => {
    const at = chunks.feed(buffer, from, to);
    if (chunks.isDone() && state === 'chunked') end(false, at < to);
    return at;
  };

  return {
    stop,
    expect(nextMethod, nextSink) {
      method = nextMethod;
      sink = nextSink;
      state = 'head';
    },
    feed(buffer, from, to) {
      let at = from;
      while (at < to) {
        if (state === 'head') at = feedHead(buffer, at, to);
        else if (state === 'length') at = feedLength(buffer, at, to);
        else if (state === 'chunked') at = feedChunks(buffer, at, to);
        else if (state === 'close') {
          onData(buffer, at, to);
          return true;
        } else return false;
      }
      return true;
    },
    endOfStream() {
      if (state !== 'close') return false;
      end(false);
      return true;
    },
  };
}
