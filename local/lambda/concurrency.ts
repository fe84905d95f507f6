import type { FunctionSpec } from './function-spec';
import { LambdaError } from './lambda-error';

// An account's default; docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, 2026-11.
const accountLimit = 1000;

/** Counts what runs at once: reserved concurrency by function, and what is left of the account for the others. */
export class Concurrency {
  #running = new Map<string, number>();
  #unreservedLimit: number;
  #unreserved = 0;

  constructor(functions: FunctionSpec[]) {
    const reserved = functions.reduce((sum, spec) => sum + (spec.reservedConcurrency ?? 0), 0);
    this.#unreservedLimit = accountLimit - reserved;
  }

  /** Takes a place, and gives back what frees it. */
  enter(spec: FunctionSpec): () => void {
    if (spec.reservedConcurrency !== undefined) return this.#enterReserved(spec, spec.reservedConcurrency);
    if (this.#unreserved >= this.#unreservedLimit) throw rateExceeded('ConcurrentInvocationLimitExceeded');
    this.#unreserved += 1;
    return () => {
      this.#unreserved -= 1;
    };
  }

  #enterReserved(spec: FunctionSpec, limit: number): () => void {
    const running = this.#running.get(spec.arn) ?? 0;
    if (running >= limit) throw rateExceeded('ReservedFunctionConcurrentInvocationLimitExceeded');
    this.#running.set(spec.arn, running + 1);
    return () => this.#running.set(spec.arn, (this.#running.get(spec.arn) ?? 1) - 1);
  }
}

function rateExceeded(reason: string): LambdaError {
  return new LambdaError('TooManyRequestsException', 'Rate Exceeded.', reason);
}
