import type { FailureCode } from '../failure';
import { stallBytes, type Timeouts } from '../timeouts';
import type { Answer } from './answer';
import type { Attempt, Step } from './attempt';
import { AttemptError, systemError } from './attempt-error';
import type { Connection, RequestSink } from './connection/connection';
import type { BodyFraming } from './http/body-framing';
import type { Method } from './http/response-parser';
import { MalformedResponse } from './http/malformed-response';
import type { ResponseHead } from './http/response-head';

/** Sends a request and takes its answer. Resolves to whether the connection may be used again; never rejects. */
export function exchange(
  connection: Connection,
  attempt: Attempt,
  timeouts: Timeouts,
  message: { method: Method; text: string },
  answer: Answer,
): Promise<boolean> {
  return new Promise((resolve) => {
    new Exchange(connection, attempt, timeouts, answer, resolve).start(message);
  });
}

/** Is its own sink and its own step: one object a request. */
class Exchange implements RequestSink, Step {
  limitMs: number;
  lateCode: FailureCode = 'FirstByteTimeout';
  readonly #connection: Connection;
  readonly #attempt: Attempt;
  readonly #answer: Answer;
  readonly #stallMs: number;
  readonly #resolve: (reusable: boolean) => void;
  #framing: BodyFraming['kind'] = 'length';
  #bodyBytes = 0;
  #bytesBefore = 0;

  constructor(
    connection: Connection,
    attempt: Attempt,
    timeouts: Timeouts,
    answer: Answer,
    resolve: (reusable: boolean) => void,
  ) {
    this.#connection = connection;
    this.#attempt = attempt;
    this.#answer = answer;
    this.#stallMs = timeouts.stallMs;
    this.#resolve = resolve;
    // From the first byte sent on, as a peer may also not take a request.
    this.limitMs = timeouts.firstByteMs;
  }

  start({ method, text }: { method: Method; text: string }): void {
    const connection = this.#connection;
    connection.onLost = (error) => this.#onLost(error);
    this.#attempt.enter('send', this);
    if (this.#attempt.aborted) return;
    if (connection.usable) connection.send(method, text, this);
    else this.#onLost(null);
  }

  onSent(): void {
    if (this.#attempt.clock.phase === 'send') this.#attempt.clock.enter('firstByte');
  }

  onHead(head: ResponseHead, framing: BodyFraming): void {
    this.onSent();
    this.limitMs = this.#stallMs;
    this.lateCode = 'BodyStall';
    this.#framing = framing.kind;
    this.#attempt.enter('body', this);
    if (!this.#answer.onHead(head, framing)) this.#end(false);
  }

  onBody(buffer: Buffer, from: number, to: number): void {
    this.#bodyBytes += to - from;
    if (!this.#answer.onBody(buffer, from, to)) this.#end(false);
  }

  onEnd(reusable: boolean, surplus: boolean): void {
    this.#answer.onEnd(surplus);
    this.#end(reusable);
  }

  giveUp(error: AttemptError): void {
    // What was asked to stop has stopped, whatever else is known of it.
    if (error.failure.code === 'Aborted') this.#answer.failure = error.failure;
    this.#answer.onCut(error.failure);
    this.#end(false);
  }

  /** A trickle is a stall as well: the rate counts, not the silence. */
  mayGoOn(): boolean {
    if (this.lateCode !== 'BodyStall' || this.#bodyBytes - this.#bytesBefore < stallBytes) return false;
    this.#bytesBefore = this.#bodyBytes;
    return true;
  }

  #onLost(error: Error | null): void {
    this.#answer.onCut(this.#lossError(error).failure);
    this.#end(false);
  }

  #lossError(error: Error | null): AttemptError {
    const { phase } = this.#attempt.clock;
    const { bytes } = this.#answer;
    if (error instanceof MalformedResponse)
      return new AttemptError('Other', phase, error.message, 'transient');
    if (error && 'code' in error) return systemError(error, phase);
    if (error) return new AttemptError('Other', phase, `the body's consumer threw: ${error.message}`);
    if (phase !== 'body')
      return new AttemptError('ConnectionReset', phase, 'the peer closed before its answer', 'transient');
    const code = this.#framing === 'length' ? 'ShortBody' : 'ConnectionReset';
    return new AttemptError(code, phase, `the peer closed after ${bytes} bytes of the body`, 'transient');
  }

  #end(reusable: boolean): void {
    this.#connection.onLost = () => {};
    if (!reusable) this.#connection.destroy();
    this.#resolve(reusable);
  }
}
