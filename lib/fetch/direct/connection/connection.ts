import type { OnReadOpts, Socket } from 'node:net';
import { createResponseParser, type Method, type ResponseSink } from '../http/response-parser';
import type { Origin } from '../signing/bucket-endpoint';
import { readBuffer } from './read-buffer';

/** Told how its request fares on a connection. */
export interface RequestSink extends ResponseSink {
  /** The request's last byte was handed to the kernel. */
  onSent(): void;
}

/** A socket to one address, read straight into a buffer that is used again. One request at a time. */
export class Connection {
  readonly origin: Origin;
  readonly address: string;
  readonly socket: Socket;
  /** True once a request was answered on it. */
  reused = false;
  /** True where all connections were to be closed while this one was being made. */
  outdated = false;
  /** By the monotonic and by the wall clock: a sandbox that is frozen may stop the first. */
  idleSinceMs = 0;
  idleSinceWallMs = 0;
  /** Called once when it can carry no more; with null where the peer closed it. Set by whoever holds it. */
  onLost: (error: Error | null) => void = () => {};
  #lost = false;
  /** Of the request that is under way. */
  #sink: RequestSink | null = null;
  readonly #parser = createResponseParser();
  readonly #onWritten = () => this.#sink?.onSent();

  constructor(origin: Origin, address: string, connect: (onread: OnReadOpts) => Socket) {
    this.origin = origin;
    this.address = address;
    this.socket = connect({
      buffer: readBuffer(),
      callback: (bytes, buffer) => this.#onRead(buffer as Buffer, bytes),
    });
    this.socket.on('error', (error) => this.fail(error));
    this.socket.on('end', () => {
      if (!this.#parser.endOfStream()) this.fail(null);
    });
    this.socket.on('close', () => this.fail(null));
  }

  get usable(): boolean {
    return !this.#lost && this.socket.writable;
  }

  send(method: Method, text: string, sink: RequestSink): void {
    this.#sink = sink;
    this.#parser.expect(method, sink);
    this.socket.write(text, 'latin1', this.#onWritten);
  }

  /** Whoever held it no longer wants it: nobody is told. */
  destroy(): void {
    this.onLost = () => {};
    this.#lost = true;
    this.#sink = null;
    this.#parser.stop();
    this.socket.destroy();
  }

  #onRead(buffer: Buffer, bytes: number): boolean {
    try {
      if (!this.#lost && !this.#parser.feed(buffer, 0, bytes)) this.fail(null);
    } catch (error) {
      this.fail(error as Error);
    }
    return true;
  }

  /** It can carry no more, and whoever holds it is told why. */
  fail(error: Error | null): void {
    if (this.#lost) return;
    const { onLost } = this;
    this.destroy();
    onLost(error);
  }
}
