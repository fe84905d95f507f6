/** Runs a function and resolves with its payload, parsed; rejects with a LambdaError. The signal ends it. */
export type LambdaInvoker = (functionName: string, payload: unknown, signal: AbortSignal) => Promise<unknown>;

/** A failed invocation, as Retry and Catch match it and as the history shows it. */
export class LambdaError extends Error {
  override name = 'LambdaError';
  /** The `errorType` of the function's error object, or `Sandbox.Timedout`, `Lambda.TooManyRequestsException`, … */
  readonly errorName: string;
  /** The function's error object as JSON text, or a sentence where there is none. */
  override readonly cause: string;

  constructor(errorName: string, cause: string) {
    super(`${errorName}: ${cause}`);
    this.errorName = errorName;
    this.cause = cause;
  }
}
