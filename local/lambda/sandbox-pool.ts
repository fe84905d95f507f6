import { randomBytes } from 'node:crypto';
import type { FunctionSpec } from './function-spec';
import type { InvokeResult } from './invoke-result';
import type { Invocation } from './runtime-api';
import { Sandbox, type SandboxPlace } from './sandbox';

/** The sandboxes of one function: the one used last is used first, and a new one starts only when none is free. */
export class SandboxPool {
  #spec: FunctionSpec;
  #place: SandboxPlace;
  #all = new Set<Sandbox>();
  #idle: Sandbox[] = [];
  #closed = false;

  constructor(spec: FunctionSpec, place: SandboxPlace) {
    this.#spec = spec;
    this.#place = place;
  }

  async run(invocation: Invocation): Promise<InvokeResult> {
    const sandbox = this.#idle.pop() ?? this.#create();
    const result = await sandbox.run(invocation);
    if (sandbox.alive && !this.#closed) this.#idle.push(sandbox);
    return result;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((sandbox) => sandbox.close()));
  }

  #create(): Sandbox {
    const sandbox: Sandbox = new Sandbox(this.#spec, logStreamName(), this.#place, () => {
      this.#all.delete(sandbox);
      this.#idle = this.#idle.filter((it) => it !== sandbox);
    });
    this.#all.add(sandbox);
    return sandbox;
  }
}

function logStreamName(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
}
