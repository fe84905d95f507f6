/** What a function that failed says of it, in the shape that Lambda gives to its caller. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

export interface InvokeResult {
  requestId: string;
  /** The function's JSON answer; the function error's JSON where there is one. */
  payload: Buffer;
  functionError?: FunctionError;
  coldStart: boolean;
  /** From the sandbox's start to its first call for an event; null on a warm start. */
  initMs: number | null;
  durationMs: number;
  /** The sandbox's log stream name. */
  sandbox: string;
  /** The invocation's last 4 KiB of log, as `LogType: Tail` gives them. */
  logTail: string;
}
