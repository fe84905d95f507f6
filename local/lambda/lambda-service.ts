import { randomBytes, randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { Concurrency } from './concurrency';
import { findFunction } from './find-function';
import type { FunctionSpec } from './function-spec';
import type { InvokeResult } from './invoke-result';
import { LambdaError } from './lambda-error';
import { maxRequestBytes } from './payload-limits';
import { Reaper } from './reaper';
import type { SandboxLogLine } from './sandbox';
import { SandboxPool } from './sandbox-pool';

export type { FunctionSpec } from './function-spec';
export type { InvokeResult } from './invoke-result';
export type { SandboxLogLine } from './sandbox';

export interface LambdaServiceOptions {
  functions: FunctionSpec[];
  /** Added to every sandbox: endpoints, credentials. */
  environment: Record<string, string>;
  region: string;
  onLog?: (line: SandboxLogLine) => void;
}

/** Lambda on one machine: a process for each sandbox, running the real bundle. */
export class LambdaService {
  readonly functions: FunctionSpec[];
  #pools = new Map<string, SandboxPool>();
  #concurrency: Concurrency;
  #reaper = new Reaper();
  #closed = false;
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: LambdaServiceOptions) {
    const { functions, environment, region, onLog = () => {} } = options;
    this.functions = functions;
    this.#concurrency = new Concurrency(functions);
    for (const spec of functions) {
      this.#pools.set(spec.arn, new SandboxPool(spec, { environment, region, onLog, reaper: this.#reaper }));
    }
  }

  /** Refuses functions whose code is not there; sandboxes start with their first event. */
  async start(): Promise<void> {
    this.#reaper.start();
    for (const { name, codeDir } of this.functions) {
      const found = await stat(codeDir).catch(() => null);
      if (found?.isDirectory() !== true)
        throw new Error(`function ${name}: no folder with its code at ${codeDir}`);
    }
  }

  find(nameOrArn: string): FunctionSpec {
    return findFunction(this.functions, nameOrArn);
  }

  /** An abort frees the caller at once; the function runs on to its end, as on AWS. */
  async invoke(
    nameOrArn: string,
    payload: Buffer | string,
    options: { signal?: AbortSignal } = {},
  ): Promise<InvokeResult> {
    options.signal?.throwIfAborted();
    const spec = this.find(nameOrArn);
    const body = checkedPayload(payload);
    if (this.#closed) throw new LambdaError('ServiceException', 'Lambda is shutting down.');
    const leave = this.#concurrency.enter(spec);
    const pool = this.#pools.get(spec.arn) as SandboxPool;
    const invocation = {
      requestId: randomUUID(),
      functionArn: spec.arn,
      payload: body,
      traceId: newTraceId(),
    };
    const result = pool.run(invocation).finally(leave);
    this.#track(result);
    return options.signal === undefined ? result : untilAborted(result, options.signal);
  }

  /** Resolves when no invocation runs any more, those whose caller went away included. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  #track(result: Promise<unknown>): void {
    const tracked = result.catch(() => {}).finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }

  /** Kills every sandbox. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
    this.#reaper.close();
  }
}

function checkedPayload(payload: Buffer | string): Buffer {
  const body = Buffer.from(payload.length === 0 ? '{}' : payload);
  if (body.length > maxRequestBytes) {
    const message = `Request must be smaller than ${maxRequestBytes} bytes for the InvokeFunction operation`;
    throw new LambdaError('RequestTooLargeException', message);
  }
  try {
    JSON.parse(body.toString());
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw new LambdaError('InvalidRequestContentException', message);
  }
  return body;
}

function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Sampled=0`;
}

function untilAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
