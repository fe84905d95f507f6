import { functionConfiguration, functionListing } from './function-configuration';
import type { InvokeResult } from './invoke-result';
import { LambdaError } from './lambda-error';
import type { LambdaService } from './lambda-service';
import { maxEventRequestBytes } from './payload-limits';

export interface LambdaRequest {
  method: string;
  /** With its query, as it came in. */
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface LambdaResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Lambda's own API: Invoke, ListFunctions, GetFunction, GetFunctionConfiguration. */
export async function handleLambdaRequest(
  service: LambdaService,
  request: LambdaRequest,
): Promise<LambdaResponse> {
  try {
    return await route(service, request);
  } catch (error) {
    if (error instanceof LambdaError) return refusal(error);
    throw error;
  }
}

/** Whether a path belongs to Lambda's API. */
export function isLambdaPath(path: string): boolean {
  return path.startsWith('/2015-03-31/functions');
}

async function route(service: LambdaService, request: LambdaRequest): Promise<LambdaResponse> {
  const url = new URL(request.path, 'http://lambda');
  const [, encodedName = '', action = ''] =
    /^\/2015-03-31\/functions\/?([^/]*)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  const name = withQualifier(decodeName(encodedName), url.searchParams.get('Qualifier'));
  const call = `${request.method} ${action}`;
  if (call === 'POST invocations') return invoke(service, name, request);
  if (call === 'GET ' && name === '') return json(200, functionListing(service.functions));
  if (call === 'GET ') return json(200, functionConfiguration(service.find(name)));
  if (call === 'GET configuration') return json(200, functionConfiguration(service.find(name)).Configuration);
  throw new LambdaError('ResourceNotFoundException', `This machine has no ${request.method} ${url.pathname}`);
}

function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new LambdaError('InvalidParameterValueException', `The function's name is not valid: ${encoded}`);
  }
}

function withQualifier(name: string, qualifier: string | null): string {
  return qualifier === null || name.endsWith(`:${qualifier}`) ? name : `${name}:${qualifier}`;
}

async function invoke(service: LambdaService, name: string, request: LambdaRequest): Promise<LambdaResponse> {
  const type = header(request, 'x-amz-invocation-type') ?? 'RequestResponse';
  const spec = service.find(name);
  if (type === 'DryRun') return { status: 204, headers: {}, body: Buffer.alloc(0) };
  if (type === 'Event') return invokeLater(service, spec.arn, request.body);
  if (type !== 'RequestResponse') {
    throw new LambdaError('InvalidParameterValueException', `InvocationType ${type} is not known`);
  }
  const result = await service.invoke(spec.arn, request.body);
  return {
    status: 200,
    headers: invokeHeaders(result, header(request, 'x-amz-log-type')),
    body: result.payload,
  };
}

/** Accepted and run in the background; AWS's two retries of a failed event are not played here. */
function invokeLater(service: LambdaService, arn: string, body: Buffer): LambdaResponse {
  if (body.length > maxEventRequestBytes) {
    const message = `${body.length} byte payload is too large for the Event invocation type (limit ${maxEventRequestBytes} bytes)`;
    throw new LambdaError('RequestTooLargeException', message);
  }
  // A throttled event waits in AWS's queue and is dropped in the end; its caller never hears of it.
  service.invoke(arn, body).catch(() => {});
  return { status: 202, headers: {}, body: Buffer.alloc(0) };
}

function invokeHeaders(result: InvokeResult, logType: string | undefined): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'x-amzn-RequestId': result.requestId,
    'X-Amz-Executed-Version': '$LATEST',
    ...(result.functionError === undefined ? {} : { 'X-Amz-Function-Error': 'Unhandled' }),
    ...(logType === 'Tail' ? { 'X-Amz-Log-Result': Buffer.from(result.logTail).toString('base64') } : {}),
  };
}

function header(request: LambdaRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function refusal(error: LambdaError): LambdaResponse {
  const who = error.status < 500 ? 'User' : 'Service';
  const reason = error.reason === undefined ? {} : { Reason: error.reason };
  const body = { Type: who, Message: error.message, message: error.message, ...reason };
  const answer = json(error.status, body);
  return { ...answer, headers: { ...answer.headers, 'x-amzn-ErrorType': error.type } };
}

function json(status: number, value: object): LambdaResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  };
}
