import { type BodyFraming, bodyFraming, keepsAlive } from './body-framing';
import { ChunkedDecoder } from './chunked-decoder';
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
 * `MalformedResponse` where they are no HTTP; the connection is then of no more use. A sink that has heard
 * enough calls `stop`.
 */
export class ResponseParser {
  #state: 'idle' | 'head' | BodyFraming['kind'] = 'idle';
  #sink: ResponseSink | null = null;
  #method: Method = 'GET';
  #leftBytes = 0;
  #keepsAlive = false;
  #chunks: ChunkedDecoder | null = null;
  readonly #head = new HeadReader();
  readonly #onChunk = (buffer: Buffer, from: number, to: number) => this.#sink?.onBody(buffer, from, to);

  expect(method: Method, sink: ResponseSink): void {
    this.#method = method;
    this.#sink = sink;
    this.#state = 'head';
  }

  stop(): void {
    this.#state = 'idle';
    this.#sink = null;
    this.#chunks = null;
    this.#head.reset();
  }

  /** Returns false where bytes came that no answer was due for. */
  feed(buffer: Buffer, from: number, to: number): boolean {
    let at = from;
    while (at < to) {
      switch (this.#state) {
        case 'head':
          at = this.#feedHead(buffer, at, to);
          break;
        case 'length':
          at = this.#feedLength(buffer, at, to);
          break;
        case 'chunked':
          at = this.#feedChunks(buffer, at, to);
          break;
        case 'close':
          this.#sink!.onBody(buffer, at, to);
          return true;
        default:
          return false;
      }
    }
    return true;
  }

  /** The peer sends nothing more. True where that was the end of a body. */
  endOfStream(): boolean {
    if (this.#state !== 'close') return false;
    this.#end(false);
    return true;
  }

  #feedHead(buffer: Buffer, from: number, to: number): number {
    const next = this.#head.read(buffer, from, to);
    if (next < 0) return to;
    const head = parseHead(this.#head.text);
    if (head.status === 101) throw new MalformedResponse('the answer changes the protocol');
    if (head.status >= 200) this.#startBody(head, next < to);
    return next;
  }

  #startBody(head: ResponseHead, more: boolean): void {
    const framing = bodyFraming(this.#method, head);
    this.#keepsAlive = keepsAlive(head, framing);
    this.#state = framing.kind;
    this.#leftBytes = framing.kind === 'length' ? framing.lengthBytes : 0;
    this.#chunks = framing.kind === 'chunked' ? new ChunkedDecoder() : null;
    this.#sink!.onHead(head, framing);
    if (this.#state === 'length' && this.#leftBytes === 0) this.#end(more);
  }

  #feedLength(buffer: Buffer, from: number, to: number): number {
    const end = Math.min(to, from + this.#leftBytes);
    this.#leftBytes -= end - from;
    this.#sink!.onBody(buffer, from, end);
    if (this.#leftBytes === 0 && this.#state === 'length') this.#end(end < to);
    return end;
  }

  #feedChunks(buffer: Buffer, from: number, to: number): number {
    const chunks = this.#chunks!;
    const at = chunks.feed(buffer, from, to, this.#onChunk);
    if (chunks.done && this.#state === 'chunked') this.#end(false, at < to);
    return at;
  }

  // Whatever follows the end was not asked for, and a connection that says it is not used again.
  #end(surplus: boolean, more = surplus): void {
    const sink = this.#sink;
    this.stop();
    sink?.onEnd(this.#keepsAlive && !more, surplus);
  }
}
