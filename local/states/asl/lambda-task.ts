import { randomUUID } from 'node:crypto';
import { LambdaError } from '../lambda-invoker';
import { datum } from './datum';
import type { Fields } from './fields';
import { invokeLambda, TimedOut } from './invoke-lambda';
import { isObject, type Json, type JsonObject } from './json';
import { compileSeconds } from './seconds';
import { runtimeError, StateError } from './state-error';
import type { State } from './state';
import type { Thread } from './thread';
import { compileWorkState } from './work-state';

const lambdaInvoke = /^arn:[a-z0-9-]+:states:::lambda:invoke$/;
const resource = { resourceType: 'lambda', resource: 'invoke' };
/** The API takes this many characters of an error and of its cause (API shapes of Step Functions). */
const maxErrorLength = 256;
const maxCauseLength = 32_768;

/** A Task that invokes a Lambda function through the optimised integration `lambda:invoke`. */
export function compileTask(name: string, fields: Fields): State {
  const arn = fields.neededString('Resource');
  if (!lambdaInvoke.test(arn)) fields.refuse('Resource', `'${arn}' is not implemented here`);
  const timeout = compileSeconds(fields, 'TimeoutSeconds', 1);
  const heartbeat = compileSeconds(fields, 'HeartbeatSeconds', 1);
  checkParameters(fields);
  return compileWorkState(name, 'Task', fields, (thread, input, context, position) =>
    runTask(thread, input, {
      timeoutSeconds: timeout?.(position.input.value, context) ?? null,
      heartbeatSeconds: heartbeat?.(position.input.value, context) ?? null,
    }),
  );
}

function checkParameters(fields: Fields): void {
  const parameters = fields.peekObject('Parameters');
  const keys = Object.keys(parameters).map((key) => key.replace(/\.\$$/, ''));
  const unknown = keys.find((key) => key !== 'FunctionName' && key !== 'Payload');
  if (unknown !== undefined) fields.refuse('Parameters', `'${unknown}' is not implemented here`);
  if (!keys.includes('FunctionName')) fields.refuse('Parameters', "'FunctionName' is needed");
}

interface Limits {
  timeoutSeconds: number | null;
  heartbeatSeconds: number | null;
}

async function runTask(thread: Thread, input: Json, limits: Limits): Promise<Json> {
  const parameters = datum(input, "The state/task 'lambda' was given parameters").text;
  const { functionName, payload } = readParameters(input);
  const scheduled: JsonObject = { ...resource, region: thread.run.region, parameters };
  if (limits.timeoutSeconds !== null) scheduled.timeoutInSeconds = limits.timeoutSeconds;
  if (limits.heartbeatSeconds !== null) scheduled.heartbeatInSeconds = limits.heartbeatSeconds;
  thread.record('TaskScheduled', scheduled);
  thread.record('TaskStarted', { ...resource });
  try {
    const result = wrap(await invokeLambda(thread, functionName, payload, limits));
    const output = datum(result, "The state/task 'lambda' returned a result").text;
    thread.record('TaskSucceeded', { ...resource, output });
    return result;
  } catch (thrown) {
    throw recordFailure(thread, thrown);
  }
}

function readParameters(input: Json): { functionName: string; payload: Json } {
  const functionName = isObject(input) ? input.FunctionName : undefined;
  if (!isObject(input) || typeof functionName !== 'string' || functionName === '')
    throw runtimeError("The field 'FunctionName' must be a string that is not empty.");
  return { functionName, payload: Object.hasOwn(input, 'Payload') ? input.Payload! : {} };
}

/** The answer of Lambda's Invoke as Step Functions hands it on, without its HTTP headers. */
function wrap(payload: Json): JsonObject {
  return {
    ExecutedVersion: '$LATEST',
    Payload: payload,
    SdkHttpMetadata: { HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: randomUUID() },
    StatusCode: 200,
  };
}

function recordFailure(thread: Thread, thrown: unknown): unknown {
  if (thrown instanceof TimedOut) {
    thread.record('TaskTimedOut', { ...resource, error: thrown.errorName });
    return new StateError(thrown.errorName, '');
  }
  if (!(thrown instanceof LambdaError || thrown instanceof StateError)) return thrown;
  const error = thrown.errorName.slice(0, maxErrorLength);
  const cause = thrown.cause.slice(0, maxCauseLength);
  if (error !== 'States.Runtime') thread.record('TaskFailed', { ...resource, error, cause });
  return new StateError(error, cause);
}
