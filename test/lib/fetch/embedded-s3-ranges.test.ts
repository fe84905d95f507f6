import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ChecksumAlgorithm,
  type ChecksumType,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { FetchRecord } from '../../../lib/fetch/record';
import { type S3Server, startS3Server } from '../../../local/s3/s3-server';
import { clientNames, clientTo, fetchWith } from './two-clients';

const MiB = 2 ** 20;
const body = randomBytes(6 * MiB);
const credentials = { accessKeyId: 'AKID', secretAccessKey: 'SECRET' };
let dataDir: string;
let s3: S3Server;
let sdk: S3Client;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ranges-'));
  s3 = await startS3Server({ dataDir, credentials, region: 'us-east-1' });
  const connection = { endpoint: s3.url, region: 'us-east-1', credentials, forcePathStyle: true };
  sdk = new S3Client({ ...connection, requestChecksumCalculation: 'WHEN_REQUIRED' });
  await sdk.send(new CreateBucketCommand({ Bucket: 'lake' }));
});

afterAll(async () => {
  sdk.destroy();
  await s3.close();
  rmSync(dataDir, { recursive: true });
});

const put = async (Key: string, Body: Buffer, ChecksumAlgorithm?: ChecksumAlgorithm) => {
  const { ETag } = await sdk.send(
    new PutObjectCommand({ Bucket: 'lake', Key, Body, ...(ChecksumAlgorithm && { ChecksumAlgorithm }) }),
  );
  return ETag!;
};

/** In parts of 5 MiB, the least that S3 takes. */
async function upload(Key: string, ChecksumAlgorithm: ChecksumAlgorithm, ChecksumType: ChecksumType) {
  const named = { Bucket: 'lake', Key };
  const create = new CreateMultipartUploadCommand({ ...named, ChecksumAlgorithm, ChecksumType });
  const { UploadId } = await sdk.send(create);
  const Parts = [];
  for (const [n, from] of [0, 5 * MiB].entries()) {
    const Body = body.subarray(from, from + 5 * MiB);
    const part = { ...named, UploadId, PartNumber: n + 1, Body, ChecksumAlgorithm };
    const { ETag, ChecksumCRC32, ChecksumCRC64NVME } = await sdk.send(new UploadPartCommand(part));
    Parts.push({ PartNumber: n + 1, ETag, ChecksumCRC32, ChecksumCRC64NVME });
  }
  const complete = { ...named, UploadId, MultipartUpload: { Parts }, ChecksumType };
  await sdk.send(new CompleteMultipartUploadCommand(complete));
}

describe.each(clientNames)('%s', (name) => {
  async function fetchParts(key: string, change: Parameters<typeof fetchWith>[2] = {}) {
    const received = Buffer.alloc(body.length);
    const wanted = { index: 0, key, sizeBytes: null, etag: null };
    const [record] = await fetchWith(clientTo(name, s3.url), [wanted], {
      partSizeBytes: MiB,
      verifyRanges: true,
      onBody: (_, chunk, offset) => received.set(chunk, offset),
      ...change,
    });
    return { ...(record as FetchRecord), isRight: received.equals(body) };
  }

  test.each<[string, FetchRecord['integrity'], (key: string) => Promise<unknown>]>([
    ['CRC32', 'crc', (key) => put(key, body, 'CRC32')],
    ['CRC32C', 'crc', (key) => put(key, body, 'CRC32C')],
    ['CRC64NVME', 'crc', (key) => put(key, body, 'CRC64NVME')],
    ['SHA256', 'etag', (key) => put(key, body, 'SHA256')],
    ['a CRC64NVME of all parts', 'crc', (key) => upload(key, 'CRC64NVME', 'FULL_OBJECT')],
    ['a CRC32 of the parts’ CRCs', 'etag', (key) => upload(key, 'CRC32', 'COMPOSITE')],
  ])('of an object with %s the parts are compared by %s', async (kind, integrity, store) => {
    await store(kind);
    const record = await fetchParts(kind);
    expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length, integrity, isRight: true });
    expect(record.attempts).toHaveLength(1 + 6);
  });

  test('an object that is replaced between its parts is not mixed', async () => {
    await put('changing', body);
    let replaced: Promise<unknown> | undefined;
    const client = clientTo(name, s3.url);
    const get = client.get.bind(client);
    // The third part is asked for when the new object is there.
    client.get = async (request) => {
      if (request.range?.from === 2 * MiB) await (replaced ??= put('changing', randomBytes(body.length)));
      return get(request);
    };
    const wanted = { index: 0, key: 'changing', sizeBytes: null, etag: null };
    const [record] = await fetchWith(client, [wanted], { partSizeBytes: MiB, concurrency: 1 });
    expect(record).toMatchObject({
      outcome: 'failed',
      bytes: 2 * MiB,
      failure: { code: 'ObjectChanged' },
    });
  });

  test('a key that is not there, of unknown size', async () => {
    expect((await fetchParts('nowhere')).failure).toMatchObject({ code: 'NoSuchKey' });
  });
});
