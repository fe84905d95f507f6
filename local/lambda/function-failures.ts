import type { FunctionSpec } from './function-spec';
import type { FunctionError } from './invoke-result';
import { maxResponseBytes } from './payload-limits';
import type { Answer } from './runtime-api';
import type { ProcessExit } from './sandbox-process';

/** What the caller gets: the function's answer, or why there is none. */
export function failureOf(
  spec: FunctionSpec,
  requestId: string,
  answer: Answer | null,
  exit: ProcessExit | null,
  timedOut: boolean,
): { payload: Buffer; functionError?: FunctionError } {
  if (answer?.kind === 'response' && answer.body !== null) return { payload: answer.body };
  if (answer?.body === null) return failure(responseTooLarge());
  if (answer !== null) return { payload: answer.body, functionError: readError(answer.body) };
  if (timedOut) return failure(timeout(requestId, spec.timeoutSeconds));
  return failure(exited(requestId, exit));
}

function failure(functionError: FunctionError): { payload: Buffer; functionError: FunctionError } {
  return { payload: Buffer.from(JSON.stringify(functionError)), functionError };
}

function readError(body: Buffer): FunctionError {
  try {
    const { errorType, errorMessage, trace } = JSON.parse(body.toString()) as Partial<FunctionError>;
    if (typeof errorType === 'string' && typeof errorMessage === 'string') {
      return Array.isArray(trace) ? { errorType, errorMessage, trace } : { errorType, errorMessage };
    }
  } catch {
    // A runtime of one's own may post anything.
  }
  return { errorType: 'Runtime.Unknown', errorMessage: body.toString().slice(0, 1024) };
}

function timeout(requestId: string, timeoutSeconds: number): FunctionError {
  const seconds = timeoutSeconds.toFixed(2);
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
  };
}

function exited(requestId: string, exit: ProcessExit | null): FunctionError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: ${exitReason(exit)}`,
  };
}

function exitReason(exit: ProcessExit | null): string {
  if (exit?.signal === 'SIGKILL') return 'Runtime exited with error: signal: killed';
  if (exit?.signal) return `Runtime exited with error: signal: ${exit.signal}`;
  if (exit?.code) return `Runtime exited with error: exit status ${exit.code}`;
  return 'Runtime exited without providing a reason';
}

function responseTooLarge(): FunctionError {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
  };
}
