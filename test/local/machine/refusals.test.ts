import { readdirSync } from 'node:fs';
import { ListObjectsV2Command, CreateBucketCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, ListExecutionsCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { startMachine, type StartedMachine } from './start-machine';
import { until } from './until';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const bucket = 'refusals';
let started: StartedMachine;

beforeAll(async () => {
  started = await startMachine();
  await started.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await started.put(bucket, 'a', 'a');
});

afterAll(() => started?.close());

const nested = (depth: number): unknown => (depth === 0 ? 0 : [nested(depth - 1)]);
const manyKeys = (count: number) => Array.from({ length: count }, (_, n) => `some-folder/key-${n}`);

interface Refusal {
  what: string;
  /** Text as it is sent, or what is sent as JSON. */
  request: unknown;
  path: string;
  problem: RegExp;
  write: RegExp;
}

const refusals: Refusal[] = [
  refusal('a wrong type', { num: 'five' }, 'num', /number/, /"num":5/),
  refusal('a zero', { concurrency: [0] }, 'concurrency[0]', /below 1/, /"concurrency":\[8\]/),
  refusal('a huge number', { num: 1_000_000 }, 'num', /above 100/, /"num":5/),
  refusal('a fraction', { num: 1.5 }, 'num', /whole number/, /"num":5/),
  refusal('a strategy that is not known', { strategies: ['fast'] }, 'strategies[0]', /one of/, /strategies/),
  refusal('no strategy at all', { strategies: [] }, 'strategies', /empty/, /strategies/),
  refusal('an ARN', { bucket: 'arn:aws:s3:::mine' }, 'bucket', /ARN/, /"bucket"/),
  refusal('a bucket with a slash', { bucket: 'mine/folder' }, 'bucket', /slash/, /"bucket"/),
  refusal('an empty key', { bucket, keys: ['a', ''] }, 'keys[1]', /empty/, /"keys"/),
  refusal('half a character', `{"bucket":"${bucket}","keys":["\\ud800"]}`, 'keys[0]', /UTF-8/, /"keys"/),
  refusal(
    'a map of too many at once',
    { strategies: ['map'], concurrency: [41] },
    'concurrency[0]',
    /40/,
    /map/,
  ),
  refusal('5,000 keys', { bucket, strategies: ['map'], keys: manyKeys(5000) }, '$', /64 KiB/, /"prefix"/),
  refusal('deep nesting', { keys: nested(40) }, '$', /deeper than 16/, /./),
  refusal('keys beside a prefix', { bucket, keys: ['a'], prefix: 'b' }, 'keys', /beside prefix/, /"keys"/),
];

function refusal(what: string, request: unknown, path: string, problem: RegExp, write: RegExp): Refusal {
  return { what, request, path, problem, write };
}

/** API Gateway checks the body's form before any Lambda runs; its words for it are its own. */
const byGateway: Refusal[] = [
  refusal('an unknown field', { bukcet: bucket }, 'body', /bukcet/, /bucket, prefix, keys/),
  refusal('__proto__', '{"__proto__":{"num":1}}', 'body', /__proto__/, /fields/),
  refusal('no JSON', '{"num":', 'body', /Invalid JSON/, /\{\}/),
  refusal('no object', '[]', 'body', /object/, /\{\}/),
];

async function nothingWasRun(): Promise<void> {
  const { runsBucket, stateMachineArn } = started.machine;
  const { executions } = await started.sfn.send(
    new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED' }),
  );
  expect(executions).toEqual([]);
  const { Contents = [] } = await started.s3.send(new ListObjectsV2Command({ Bucket: runsBucket }));
  expect(Contents).toEqual([]);
  expect(() => readdirSync(started.outDir)).toThrow('ENOENT');
}

describe('POST /runs refuses', () => {
  it.each([
    ...refusals,
    ...byGateway,
    refusal('a bucket that is not there', { bucket: 'not-there' }, 'bucket', /not allowed/, /refusals/),
  ])('$what', async ({ request, path, problem, write }) => {
    const { status, json } = await started.rest('POST', '/runs', request);
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: 'RequestError',
      problems: [{ path, problem: expect.stringMatching(problem), write: expect.stringMatching(write) }],
    });
  });

  it('without starting an execution', async () => {
    const { stateMachineArn } = started.machine;
    const { executions } = await started.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions).toEqual([]);
  });
});

async function execute(input: string) {
  const { stateMachineArn } = started.machine;
  const { executionArn } = await started.sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
  return until(async () => {
    const described = await started.sfn.send(new DescribeExecutionCommand({ executionArn }));
    return described.status === 'RUNNING' ? null : described;
  });
}

describe('StartExecution', () => {
  it.each([
    ...refusals,
    refusal('an unknown field', { buckets: bucket }, 'buckets', /not a field/, /"bucket":/),
    refusal('__proto__', '{"__proto__":{"num":1}}', '__proto__', /not a field/, /without it/),
    refusal('no object', '[]', '$', /object/, /\{\}/),
    refusal('a bucket that is not there', { bucket: 'not-there' }, 'bucket', /does not exist/, /"bucket"/),
    refusal('a prefix of nothing', { bucket, prefix: 'none/' }, 'prefix', /no object/, /"prefix"/),
  ])(
    'fails with RequestError, and a cause that names the field: $what',
    async ({ request, path, problem, write }) => {
      const { status, error, cause } = await execute(
        typeof request === 'string' ? request : JSON.stringify(request),
      );
      expect({ status, error }).toEqual({ status: 'FAILED', error: 'RequestError' });
      const { errorMessage } = JSON.parse(cause!) as { errorMessage: string };
      expect(errorMessage.startsWith(`${path}: `)).toBe(true);
      expect(errorMessage).toMatch(problem);
      expect(errorMessage).toMatch(write);
    },
  );

  it('runs and writes nothing of all that', nothingWasRun);
});

describe('more objects than an inline Map takes', () => {
  it('are refused by name, and the run of the other strategies is offered', async () => {
    const keys = Array.from({ length: 1001 }, (_, n) => `many/${n}`);
    const workers = Array.from({ length: 16 }, async () => {
      for (let key = keys.pop(); key !== undefined; key = keys.pop()) await started.put(bucket, key, key);
    });
    await Promise.all(workers);
    const posted = await started.rest('POST', '/runs', { bucket, prefix: 'many/', strategies: ['map'] });
    const ended = await until(async () => {
      const { json } = await started.rest('GET', `/runs/${String(posted.json!['runId'])}`);
      return json!['status'] === 'running' ? null : json;
    });
    expect(ended).toMatchObject({
      status: 'failed',
      error: {
        code: 'RequestError',
        message: expect.stringMatching(/^strategies: "map" takes at most 1000 objects, the plan has 1001/),
      },
      summary: null,
    });
    await nothingWasRun();
  });
});
