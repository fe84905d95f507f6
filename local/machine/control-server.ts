import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleLambdaRequest, isLambdaPath } from '../lambda/invoke-protocol';
import type { LambdaService } from '../lambda/lambda-service';
import type { RestApi } from '../rest/rest-api';
import { verifySigV4 } from '../sigv4/verify';
import { handleStepFunctionsRequest } from '../states/json-protocol';
import type { StepFunctions } from '../states/step-functions';
import { foreignCaller } from './foreign-caller';

export interface ControlServices {
  stepFunctions: StepFunctions;
  lambda: LambdaService;
  restApi: RestApi;
  credentials: { accessKeyId: string; secretAccessKey: string };
  region: string;
  /** What GET / answers. */
  welcome: () => string;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
}

/** Step Functions, Lambda and the REST API on one port of the loopback interface. */
export async function startControlServer(
  services: ControlServices,
  { host, port }: { host: string; port: number },
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const server = createServer({ noDelay: true }, (request, response) => {
    answer(services, request)
      .catch((error: Error) => failed(error))
      .then((answered) => send(response, answered))
      .catch(() => response.destroy());
  });
  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host}:${bound}`, port: bound, close };
}

async function answer(services: ControlServices, request: IncomingMessage): Promise<Answer> {
  const foreign = foreignCaller(request.headers);
  if (foreign !== null) return json(403, { message: foreign });
  const { method = 'GET', url = '/', headers } = request;
  const body = await bodyOf(request);
  if (body === null) return json(413, { message: 'Request Too Long' });
  const target = headers['x-amz-target'];
  const service = typeof target === 'string' ? 'states' : isLambdaPath(url) ? 'lambda' : 'execute-api';
  const refused = unsigned(services, request, body, service);
  if (refused) return refused;
  if (typeof target === 'string') return handleStepFunctionsRequest(services.stepFunctions, target, body);
  if (service === 'lambda') return handleLambdaRequest(services.lambda, { method, path: url, headers, body });
  if (method === 'GET' && url === '/')
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: services.welcome(),
    };
  const sourceIp = request.socket.remoteAddress ?? '';
  return services.restApi.handle({ method, url, headers, body, sourceIp });
}

// The REST API may be called without a signature, as with curl: on AWS it is IAM that asks for one.
function unsigned(
  { credentials, region }: ControlServices,
  request: IncomingMessage,
  body: Buffer,
  service: string,
): Answer | null {
  if (service === 'execute-api' && request.headers.authorization === undefined) return null;
  const { method = 'GET', url = '/', headers } = request;
  const verdict = verifySigV4(
    { method, url, headers },
    {
      service,
      region,
      nowMs: Date.now(),
      lookupSecret: (id) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
      payloadHash: hash('sha256', body),
    },
  );
  if (verdict.ok) return null;
  const type =
    headers.authorization === undefined ? 'MissingAuthenticationTokenException' : authErrors[verdict.code];
  return json(403, { __type: type ?? verdict.code, message: verdict.message });
}

const authErrors: Record<string, string> = {
  InvalidAccessKeyId: 'UnrecognizedClientException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
};

function failed(error: Error): Answer {
  console.error(error);
  return json(500, { __type: 'InternalFailure', message: 'Internal server error' });
}

function json(status: number, value: object): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** API Gateway takes 10 MB, Lambda 6: a little above, so that each may refuse in its own words. */
const mostBytes = 11 * 1024 * 1024;

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes > mostBytes ? null : Buffer.concat(chunks);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => resolve());
  });
}
