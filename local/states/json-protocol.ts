import { randomUUID } from 'node:crypto';
import { actions } from './actions';
import type { Json, JsonObject } from './asl/json';
import { Params } from './params';
import { ServiceError } from './service-error';
import type { StepFunctions } from './step-functions';

export interface ProtocolAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Answers one request of AWS JSON 1.0; `target` is the header X-Amz-Target. */
export async function handleStepFunctionsRequest(
  service: StepFunctions,
  target: string,
  body: Buffer,
): Promise<ProtocolAnswer> {
  try {
    const action = actions.get(target.replace(/^AWSStepFunctions\./, ''));
    if (action === undefined || !target.startsWith('AWSStepFunctions.'))
      throw new ServiceError(
        'UnknownOperationException',
        `The operation '${target}' is not implemented here`,
      );
    return answer(200, await action(service, parseParams(body)));
  } catch (error) {
    if (error instanceof ServiceError) return answer(400, { __type: error.code, message: error.message });
    return answer(500, { __type: 'InternalFailure', message: (error as Error).message });
  }
}

function parseParams(body: Buffer): Params {
  try {
    return new Params(JSON.parse(body.toString() || '{}') as Json);
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw new ServiceError('SerializationException', 'The body of the request is no JSON');
  }
}

function answer(status: number, body: JsonObject): ProtocolAnswer {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() };
  return { status, headers, body: JSON.stringify(body) };
}
