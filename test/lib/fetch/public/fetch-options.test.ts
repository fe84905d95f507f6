import { type FetchOptions, type FetchRecord, fetchObject, fetchObjects } from '../../../../lib/fetch';
import { credentials, type Lake, startLake } from './lake';

let lake: Lake;

beforeAll(async () => {
  lake = await startLake();
  await lake.put('a', 'aaa');
});

afterAll(() => lake.close());

async function begin(change: Partial<Record<keyof FetchOptions, unknown>>): Promise<FetchRecord> {
  for await (const record of fetchObjects(['a'], { ...lake.options, ...change } as FetchOptions))
    return record;
  throw new Error('no record');
}

test.each<[string, Partial<Record<keyof FetchOptions, unknown>>, string]>([
  ['no bucket', { bucket: undefined }, 'bucket: write the name of a bucket'],
  ['an empty bucket', { bucket: '' }, 'bucket: write the name of a bucket'],
  ['no requests', { concurrency: 0 }, 'concurrency: write a whole number from 1 to 256, not 0'],
  ['too many', { concurrency: 257 }, 'concurrency: write a whole number from 1 to 256, not 257'],
  ['text', { concurrency: '8' }, 'concurrency: write a whole number from 1 to 256, not 8'],
  ['half an attempt', { maxAttempts: 1.5 }, 'maxAttempts: write a whole number from 1 to 10, not 1.5'],
  ['tiny parts', { partSizeBytes: 1 }, 'partSizeBytes: write a whole number from 65536 to 5368709120, not 1'],
  [
    'a wild guess',
    { hedgeAfterPercentile: 0.95 },
    'hedgeAfterPercentile: write a whole number from 50 to 99',
  ],
  ['an endpoint that is none', { endpoint: 'localhost' }, 'endpoint: write a URL such as https://'],
  ['a region that is none', { region: 'evil.example/' }, 'region: write one such as eu-west-1'],
])('%s is refused, and told what to write', async (_, change, message) => {
  const error = await begin(change).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(TypeError);
  expect((error as Error).message).toContain(message);
});

test('an option that is undefined is one that is not given', async () => {
  const record = await begin({ concurrency: undefined, partSizeBytes: undefined, signal: undefined });
  expect(record).toMatchObject({ outcome: 'fetched', bytes: 3 });
});

describe('in a Lambda', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  test('region, endpoint and credentials are those of the environment', async () => {
    process.env['AWS_REGION'] = 'us-east-1';
    process.env['AWS_ENDPOINT_URL_S3'] = lake.server.url;
    process.env['AWS_ACCESS_KEY_ID'] = credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = credentials.secretAccessKey;
    delete process.env['AWS_SESSION_TOKEN'];
    const { record, body } = await fetchObject('a', { bucket: 'lake' });
    expect(record.failure).toBeNull();
    expect(body?.toString()).toBe('aaa');
  });

  test('credentials that are wrong are a failed record', async () => {
    process.env['AWS_ACCESS_KEY_ID'] = credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = 'wrong';
    const { endpoint, region } = lake.options;
    const { record, body } = await fetchObject('a', { bucket: 'lake', endpoint: endpoint!, region: region! });
    expect(record.failure?.message).toContain('SignatureDoesNotMatch');
    expect(JSON.stringify(record)).not.toContain('"wrong"');
    expect(body).toBeNull();
  });
});
