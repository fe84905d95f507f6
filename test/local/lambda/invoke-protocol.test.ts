import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { handleLambdaRequest } from '../../../local/lambda/invoke-protocol';
import type { LambdaService } from '../../../local/lambda/lambda-service';
import { createGate } from './gate';
import { functionSpec, startService } from './probe-service';

const functions = [functionSpec('probe', { reservedConcurrency: 1, environment: { A: 'b' } })];
const { arn } = functions[0]!;
let service: LambdaService;
let server: Server;
let endpoint: string;
let client: LambdaClient;

beforeAll(async () => {
  service = startService(functions);
  server = createServer((request, response) => {
    void buffer(request)
      .then((body) =>
        handleLambdaRequest(service, {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body,
        }),
      )
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
  client = new LambdaClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await service.close();
});

function invoke(event: object, more: object = {}, name = 'probe') {
  return client.send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event), ...more }));
}

test.each(['probe', 'probe:$LATEST', arn, `${arn}:$LATEST`, '123456789012:function:probe'])(
  'the SDK invokes %s',
  async (name) => {
    const answer = await invoke({ act: 'echo', value: [1, 'a'] }, {}, name);
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.Payload?.transformToString()).toBe('[1,"a"]');
  },
);

test('a failed function answers 200 with X-Amz-Function-Error, and its log with LogType Tail', async () => {
  const event = { act: 'throw', name: 'MyError', message: 'oh' };
  const answer = await invoke(event, { LogType: 'Tail' });
  expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
  const error: unknown = JSON.parse(answer.Payload?.transformToString() ?? '');
  expect(error).toMatchObject({ errorType: 'MyError', errorMessage: 'oh' });
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString();
  expect(log).toMatch(/^START RequestId: .*\nEND RequestId: .*\nREPORT RequestId: .*\tDuration: [\d.]+ ms/);
});

test('an event is accepted at once and runs after', async () => {
  const gate = await createGate();
  const answer = await invoke({ act: 'waitFor', url: gate.url }, { InvocationType: 'Event' });
  expect(answer.StatusCode).toBe(202);
  await gate.arrived(1);
  const throttled = invoke({ act: 'where' });
  await expect(throttled).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
  });
  gate.open();
  await gate.close();
});

test('a dry run checks the name and runs nothing', async () => {
  expect((await invoke({ act: 'exit', code: 1 }, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
  await expect(invoke({}, { InvocationType: 'DryRun' }, 'nobody')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('functions are listed and shown', async () => {
  const { Functions } = await client.send(new ListFunctionsCommand({}));
  expect(Functions).toMatchObject([
    { FunctionName: 'probe', FunctionArn: arn, MemorySize: 256, Timeout: 30 },
  ]);
  const shown = await client.send(new GetFunctionCommand({ FunctionName: 'probe' }));
  expect(shown.Concurrency).toEqual({ ReservedConcurrentExecutions: 1 });
  expect(shown.Configuration).toMatchObject({
    Runtime: 'nodejs24.x',
    Environment: { Variables: { A: 'b' } },
  });
});

test.each([
  { name: 'nobody', error: 'ResourceNotFoundException' },
  { name: 'probe:7', error: 'ResourceNotFoundException' },
  { name: arn.replace('123456789012', '999999999999'), error: 'ResourceNotFoundException' },
])('$name is a $error', async ({ name, error }) => {
  await expect(invoke({}, {}, name)).rejects.toMatchObject({
    name: error,
    $metadata: { httpStatusCode: 404 },
  });
});

test('a body that is no JSON is refused as Lambda refuses it', async () => {
  const response = await fetch(`${endpoint}/2015-03-31/functions/probe/invocations`, {
    method: 'POST',
    body: '{',
  });
  expect(response.status).toBe(400);
  expect(response.headers.get('x-amzn-errortype')).toBe('InvalidRequestContentException');
  expect(await response.json()).toMatchObject({
    Type: 'User',
    Message: expect.stringContaining('Could not parse'),
  });
  const odd = await fetch(`${endpoint}/2015-03-31/functions/%ff/invocations`, { method: 'POST', body: '{}' });
  expect(odd.status).toBe(400);
});

test('the aws CLI invokes a function, where there is one', async () => {
  const run = promisify(execFile);
  const found = await run('aws', ['--version']).then(
    () => true,
    () => false,
  );
  if (!found) return;
  const folder = await mkdtemp(join(tmpdir(), 'aws-cli-'));
  const out = join(folder, 'answer.json');
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local-secret',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
  };
  const payload = Buffer.from('{"act":"echo","value":"from the CLI"}');
  const version = await run('aws', ['--version']);
  // Version 2 takes the payload in base64 unless told otherwise.
  const text = version.stdout.startsWith('aws-cli/1') ? payload.toString() : payload.toString('base64');
  const options = ['--endpoint-url', endpoint, '--function-name', 'probe', '--payload', text, out];
  const { stdout } = await run('aws', ['lambda', 'invoke', ...options], { env });
  expect(JSON.parse(stdout)).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(await readFile(out, 'utf8')).toBe('"from the CLI"');
  await rm(folder, { recursive: true });
}, 20_000);
