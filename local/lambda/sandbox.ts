import { failureOf } from './function-failures';
import type { FunctionSpec } from './function-spec';
import type { InvokeResult } from './invoke-result';
import { LambdaError } from './lambda-error';
import { LogTail } from './log-tail';
import type { Reaper } from './reaper';
import { reportLine } from './report-line';
import { type Answer, type Invocation, RuntimeApi } from './runtime-api';
import { sandboxEnvironment } from './sandbox-environment';
import { type ProcessExit, type SandboxProcess, startProcess } from './sandbox-process';

export interface SandboxLogLine {
  functionName: string;
  sandbox: string;
  /** Null while no invocation is running. */
  requestId: string | null;
  line: string;
}

/** What every sandbox of a machine has in common. */
export interface SandboxPlace {
  region: string;
  environment: Record<string, string>;
  onLog: (line: SandboxLogLine) => void;
  reaper: Reaper;
}

// AWS gives an init 10 s; here many sandboxes may share two cores, so only one that hangs is cut off.
const initLimitMs = 60_000;

interface Turn {
  durationMs: number;
  timedOut: boolean;
}

/** One child process that serves one event at a time, as an execution environment of Lambda does. */
export class Sandbox {
  /** The log stream's name. */
  readonly name: string;
  #spec: FunctionSpec;
  #place: SandboxPlace;
  #api = new RuntimeApi({ onAsked: () => this.#endTurn(), onAnswer: (answer) => (this.#answer = answer) });
  #process: SandboxProcess | null = null;
  #exit: ProcessExit | null = null;
  #killed = false;
  #answer: Answer | null = null;
  #endTurn: () => void = () => {};
  #current: { requestId: string; tail: LogTail } | null = null;
  #onGone: () => void;

  constructor(spec: FunctionSpec, name: string, place: SandboxPlace, onGone: () => void) {
    this.#spec = spec;
    this.name = name;
    this.#place = place;
    this.#onGone = onGone;
  }

  get alive(): boolean {
    return this.#exit === null && !this.#killed;
  }

  async run(invocation: Invocation): Promise<InvokeResult> {
    const tail = new LogTail();
    tail.add(`START RequestId: ${invocation.requestId} Version: $LATEST`);
    this.#current = { requestId: invocation.requestId, tail };
    this.#answer = null;
    const coldStart = this.#process === null;
    const init = coldStart ? await this.#init() : null;
    const initMs = init?.durationMs ?? null;
    const { durationMs, timedOut } = this.alive
      ? await this.#serve(invocation)
      : { durationMs: 0, timedOut: init?.timedOut ?? false };
    await this.#process?.logsRead();
    this.#current = null;
    const failed = failureOf(this.#spec, invocation.requestId, this.#answer, this.#exit, timedOut);
    for (const line of reportLine(this.#spec, invocation.requestId, durationMs, initMs)) tail.add(line);
    return {
      requestId: invocation.requestId,
      ...failed,
      coldStart,
      initMs,
      durationMs,
      sandbox: this.name,
      logTail: tail.text(),
    };
  }

  /** Kills the process and settles when it is gone; an invocation that is running fails with Runtime.ExitError. */
  async close(): Promise<void> {
    this.#killed = true;
    this.#process?.kill();
    await this.#process?.exited;
    this.#api.close();
  }

  async #init(): Promise<Turn> {
    const runtimeApi = await this.#api.listen();
    if (this.#killed) {
      this.#api.close();
      throw new LambdaError('ServiceException', 'Lambda is shutting down.');
    }
    const place = { ...this.#place, runtimeApi, logStream: this.name };
    const startedMs = performance.now();
    const asked = this.#turn(initLimitMs);
    const started = startProcess(this.#spec, sandboxEnvironment(this.#spec, place), (line) =>
      this.#log(line),
    );
    this.#process = started;
    const { pid } = started;
    if (pid !== undefined) this.#place.reaper.born(pid);
    void started.exited.then((exit) => {
      this.#exit = exit;
      if (pid !== undefined) this.#place.reaper.gone(pid);
      this.#api.close();
      this.#endTurn();
      this.#onGone();
    });
    const timedOut = await asked;
    return { durationMs: performance.now() - startedMs, timedOut };
  }

  async #serve(invocation: Invocation): Promise<Turn> {
    const startedMs = performance.now();
    const timeoutMs = this.#spec.timeoutSeconds * 1000;
    const over = this.#turn(timeoutMs);
    this.#api.deliver(invocation, Date.now() + timeoutMs);
    // The turn ends when the runtime asks for its next event: only then is the sandbox free for another caller.
    const timedOut = await over;
    const endMs = this.#answer?.atMs ?? performance.now();
    return { durationMs: endMs - startedMs, timedOut };
  }

  /** Settles when the runtime asks for an event or is gone; kills it, and says true, when that takes too long. */
  async #turn(limitMs: number): Promise<boolean> {
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      this.#process?.kill();
    }, limitMs);
    await new Promise<void>((resolve) => (this.#endTurn = resolve));
    clearTimeout(timer);
    return timedOut;
  }

  #log(line: string): void {
    this.#current?.tail.add(line);
    const requestId = this.#current?.requestId ?? null;
    this.#place.onLog({ functionName: this.#spec.name, sandbox: this.name, requestId, line });
  }
}
