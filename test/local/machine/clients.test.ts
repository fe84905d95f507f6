import { request as httpRequest } from 'node:http';
import { GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { localCredentials, localRegion as region } from '../../../local/machine/machine-ports';
import { startMachine, type StartedMachine } from './start-machine';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

let started: StartedMachine;
const wrong = { accessKeyId: localCredentials.accessKeyId, secretAccessKey: 'not-the-secret' };
const unknown = { accessKeyId: 'nobody', secretAccessKey: localCredentials.secretAccessKey };

beforeAll(async () => {
  started = await startMachine();
});

afterAll(() => started?.close());

describe('the AWS SDK', () => {
  it('invokes a Lambda by its name, and is told of its error', async () => {
    const lambda = new LambdaClient({ endpoint: started.machine.url, region, credentials: localCredentials });
    const { Functions } = await lambda.send(new ListFunctionsCommand({}));
    const plan = Functions!.find(({ FunctionName }) => /Plan/.test(FunctionName!))!;
    const Payload = JSON.stringify({ runId: 'by-hand', request: { bucket: 'a/b' } });
    const {
      StatusCode,
      FunctionError,
      Payload: answer,
    } = await lambda.send(new InvokeCommand({ FunctionName: plan.FunctionName, Payload }));
    expect({ StatusCode, FunctionError }).toEqual({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(Buffer.from(answer!).toString())).toMatchObject({
      errorType: 'RequestError',
      errorMessage: expect.stringMatching(/^bucket: has a slash/) as string,
    });
    lambda.destroy();
  });

  it.each([
    ['a wrong secret', wrong, 'InvalidSignatureException', 'SignatureDoesNotMatch'],
    ['an unknown key', unknown, 'UnrecognizedClientException', 'InvalidAccessKeyId'],
  ])('is refused with %s', async (_, credentials, controlError, s3Error) => {
    const { url, s3Url, runsBucket } = started.machine;
    const control = { endpoint: url, region, credentials, maxAttempts: 1 };
    await expect(new SFNClient(control).send(new ListStateMachinesCommand({}))).rejects.toMatchObject({
      name: controlError,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(new LambdaClient(control).send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: controlError,
    });
    const s3 = new S3Client({ ...control, endpoint: s3Url, forcePathStyle: true });
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: s3Error });
    await expect(s3.send(new GetObjectCommand({ Bucket: runsBucket, Key: 'a' }))).rejects.toMatchObject({
      name: s3Error,
    });
  });
});

/** A request as a page of another site makes a browser send it. */
function statusOf(path: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, started.machine.url), { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sent.once('error', reject);
    sent.end(method === 'POST' ? '{}' : undefined);
  });
}

describe('a page of another site', () => {
  it.each([
    ['a name re-pointed to loopback', { host: 'evil.example' }],
    ['the same with a port', { host: 'evil.example:7300' }],
    ['a name that only begins like loopback', { host: '127.0.0.1.evil.example' }],
    ['a script of that site', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
  ])('is refused: %s', async (_, headers) => {
    expect(await statusOf('/runs', headers)).toBe(403);
    expect(await statusOf('/runs', headers, 'POST')).toBe(403);
    expect(await statusOf('/', headers)).toBe(403);
    expect((await started.rest('GET', '/runs')).json).toMatchObject({ runs: [] });
  });

  it('is not the page of this machine', async () => {
    expect(await statusOf('/runs', { origin: started.machine.url })).toBe(200);
    expect(await statusOf('/runs', { host: 'localhost:1' })).toBe(200);
  });
});

describe('what the machine says of itself', () => {
  it('names what can be called', async () => {
    const { text, status } = await started.rest('GET', '/');
    expect(status).toBe(200);
    const { url, s3Url, stateMachineArn, runsBucket } = started.machine;
    for (const said of [url, s3Url, stateMachineArn, runsBucket]) expect(text).toContain(said);
  });
});
