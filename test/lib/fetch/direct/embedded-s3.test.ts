import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChecksumAlgorithm, CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { type S3Server, startS3Server } from '../../../../local/s3/s3-server';
import type { ObjectClient } from '../../../../lib/fetch/object-client';
import { credentials, directTo, requestOf } from './direct-to';

const timeouts = { connectMs: 5_000, firstByteMs: 5_000, stallMs: 5_000 };

let dataDir: string;
let s3: S3Server;
let sdk: S3Client;
let client: ObjectClient;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'direct-'));
  s3 = await startS3Server({ dataDir, credentials, region: 'us-east-1' });
  const connection = { endpoint: s3.url, region: 'us-east-1', credentials, forcePathStyle: true };
  sdk = new S3Client({ ...connection, requestChecksumCalculation: 'WHEN_REQUIRED' });
  await sdk.send(new CreateBucketCommand({ Bucket: 'lake' }));
  client = directTo(s3.url);
});

afterAll(async () => {
  client.closeConnections();
  sdk.destroy();
  await s3.close();
  rmSync(dataDir, { recursive: true });
});

const put = (Key: string, Body: string, more: { ChecksumAlgorithm?: ChecksumAlgorithm } = {}) =>
  sdk.send(new PutObjectCommand({ Bucket: 'lake', Key, Body, ...more }));

async function get(key: string, change: Parameters<typeof requestOf>[0] = {}) {
  let received = '';
  const onBody = (chunk: Uint8Array) => {
    received += Buffer.from(chunk).toString();
  };
  return { ...(await client.get(requestOf({ key, timeouts, onBody, ...change }))), received };
}

test('keys come as they are, whatever they hold', async () => {
  const some = [
    '../x',
    'a//b',
    '.',
    '..',
    '/lead',
    'a b+c',
    '100%',
    '%2F',
    'é😀',
    'new\nline',
    "!'()*",
    '?a=b#c',
  ];
  const keys = fc.oneof(fc.constantFrom(...some), fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }));
  await fc.assert(
    fc.asyncProperty(keys, async (key) => {
      await put(key, `body of ${key}`);
      expect(await get(key)).toMatchObject({ failure: null, received: `body of ${key}` });
    }),
    { numRuns: 40 },
  );
  // The store waits for the disk with each object, and a busy machine's disk may take its time.
}, 30_000);

test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
  'a whole object is compared with its %s, a part is not',
  async (ChecksumAlgorithm) => {
    await put('checked', 'hello', { ChecksumAlgorithm });
    expect(await get('checked')).toMatchObject({ failure: null, checksumVerified: true });
    const part = await get('checked', { range: { from: 1, to: 3 }, expectedBytes: 3 });
    expect(part).toMatchObject({ failure: null, received: 'ell', checksumVerified: false });
  },
);

test('a signature that is wrong is refused', async () => {
  const wrong = directTo(s3.url, {
    credentials: () => Promise.resolve({ ...credentials, secretAccessKey: 'other' }),
  });
  expect(await wrong.get(requestOf({ timeouts }))).toMatchObject({ status: 403, failure: { retry: 'no' } });
  wrong.closeConnections();
});

test('If-Match holds to one version', async () => {
  const { ETag } = await put('changing', 'one');
  expect(await get('changing', { etag: ETag! })).toMatchObject({
    failure: null,
    etag: ETag,
    received: 'one',
  });
  await put('changing', 'two');
  expect((await get('changing', { etag: ETag! })).failure?.code).toBe('ObjectChanged');
});
