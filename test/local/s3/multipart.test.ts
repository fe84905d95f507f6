import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type ChecksumAlgorithm,
  type ChecksumType,
} from '@aws-sdk/client-s3';
import { createHash, randomBytes } from 'node:crypto';
import { startChecksum } from '../../../local/s3/checksum/checksum-algorithm';
import { bodyFiles, bytesOf, errorOf, startTestServer, type TestServer } from './test-server';

const Bucket = 'multipart';
const MiB = 1024 * 1024;
// Each test moves tens of megabytes, and the machine may be busy.
jest.setTimeout(30_000);
const parts = [randomBytes(5 * MiB), randomBytes(5 * MiB), randomBytes(1_000)];
const whole = Buffer.concat(parts);
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => server.close());

const crc32 = (...pieces: Buffer[]) => {
  const running = startChecksum('CRC32');
  for (const piece of pieces) running.update(piece);
  return running.digest();
};
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();

async function upload(
  Key: string,
  about: { ChecksumAlgorithm?: ChecksumAlgorithm; ChecksumType?: ChecksumType } = {},
) {
  const { client } = server;
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'a/b', ...about }),
  );
  const done = [];
  for (const [i, Body] of parts.entries()) {
    const PartNumber = i + 1;
    const { ETag, ChecksumCRC32 } = await client.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
    );
    done.push({ PartNumber, ETag, ...(about.ChecksumAlgorithm && { ChecksumCRC32 }) });
  }
  return { Bucket, Key, UploadId, MultipartUpload: { Parts: done } };
}

test('joins the parts, and serves the whole and each part', async () => {
  const { client } = server;
  const completed = await client.send(
    new CompleteMultipartUploadCommand(await upload('joined', { ChecksumAlgorithm: 'CRC32' })),
  );
  expect(completed.ETag).toBe(`"${md5(Buffer.concat(parts.map(md5))).toString('hex')}-3"`);
  const composite = `${crc32(...parts.map((part) => crc32(part))).toString('base64')}-3`;
  const got = await client.send(new GetObjectCommand({ Bucket, Key: 'joined', ChecksumMode: 'ENABLED' }));
  expect(got).toMatchObject({ ChecksumCRC32: composite, ChecksumType: 'COMPOSITE', ContentType: 'a/b' });
  expect((await bytesOf(got)).equals(whole)).toBe(true);

  const second = await client.send(
    new GetObjectCommand({ Bucket, Key: 'joined', PartNumber: 2, ChecksumMode: 'ENABLED' }),
  );
  expect(second).toMatchObject({
    PartsCount: 3,
    ContentRange: `bytes ${5 * MiB}-${10 * MiB - 1}/${whole.length}`,
  });
  expect((await bytesOf(second)).equals(parts[1]!)).toBe(true);
  const beyond = client.send(new HeadObjectCommand({ Bucket, Key: 'joined', PartNumber: 4 }));
  expect(await errorOf(beyond)).toMatchObject({ status: 416 });

  const ObjectAttributes = ['Checksum', 'ObjectParts', 'ObjectSize'] as const;
  const attributes = await client.send(
    new GetObjectAttributesCommand({ Bucket, Key: 'joined', ObjectAttributes: [...ObjectAttributes] }),
  );
  expect(attributes).toMatchObject({
    ObjectSize: whole.length,
    Checksum: { ChecksumCRC32: composite.replace('-3', ''), ChecksumType: 'COMPOSITE' },
    ObjectParts: {
      TotalPartsCount: 3,
      Parts: parts.map((part, i) => ({ PartNumber: i + 1, Size: part.length })),
    },
  });
});

test.each([
  [{ ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' } as const, 'ChecksumCRC32', crc32(whole)],
  [{}, 'ChecksumCRC64NVME', undefined],
])('%j gives one checksum over the whole', async (about, field, expected) => {
  await server.client.send(new CompleteMultipartUploadCommand(await upload('full', about)));
  const head = await server.client.send(
    new HeadObjectCommand({ Bucket, Key: 'full', ChecksumMode: 'ENABLED' }),
  );
  const crc64 = startChecksum('CRC64NVME');
  crc64.update(whole);
  const value = (expected ?? crc64.digest()).toString('base64');
  expect(head).toMatchObject({ [field]: value, ChecksumType: 'FULL_OBJECT' });
});

test('refuses parts that are missing, changed, too small or out of order', async () => {
  const request = await upload('refused');
  const complete = (Parts: object[]) =>
    errorOf(
      server.client.send(new CompleteMultipartUploadCommand({ ...request, MultipartUpload: { Parts } })),
    );
  const [first, second, third] = request.MultipartUpload.Parts;
  expect(await complete([first!, { ...second!, PartNumber: 9 }])).toMatchObject({ name: 'InvalidPart' });
  expect(await complete([{ ...first!, ETag: second!.ETag }])).toMatchObject({ name: 'InvalidPart' });
  expect(await complete([second!, first!])).toMatchObject({ name: 'InvalidPartOrder' });
  const small = await server.client.send(new UploadPartCommand({ ...request, PartNumber: 4, Body: 'x' }));
  expect(await complete([third!, { PartNumber: 4, ETag: small.ETag }])).toMatchObject({
    name: 'EntityTooSmall',
  });
  expect(await complete([])).toMatchObject({ status: 400 });
  expect(await errorOf(server.client.send(new HeadObjectCommand({ Bucket, Key: 'refused' })))).toMatchObject({
    status: 404,
  });
  await server.client.send(new AbortMultipartUploadCommand(request));
});

test('lists uploads and parts, and an abort leaves nothing behind', async () => {
  const { client } = server;
  // The two objects of the tests before.
  expect(await bodyFiles(server.dataDir, 2)).toHaveLength(2);
  const { UploadId, Key } = await upload('open/one');
  const listed = await client.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 2 }));
  expect(listed).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2' });
  expect(listed.Parts!.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [1, 5 * MiB],
    [2, 5 * MiB],
  ]);
  const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'open/' }));
  expect(uploads.Uploads).toMatchObject([{ Key, UploadId }]);

  await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  const gone = client.send(new ListPartsCommand({ Bucket, Key, UploadId }));
  expect(await errorOf(gone)).toEqual({ name: 'NoSuchUpload', status: 404 });
  expect(await bodyFiles(server.dataDir, 2)).toHaveLength(2);
});

test('a part can be copied from an object', async () => {
  const { client } = server;
  await client.send(new CompleteMultipartUploadCommand(await upload('source')));
  const target = { Bucket, Key: 'part-copy' };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  const range = { CopySource: `${Bucket}/source`, CopySourceRange: 'bytes=10-19' };
  const copied = await client.send(
    new UploadPartCopyCommand({ ...target, UploadId, PartNumber: 1, ...range }),
  );
  const Parts = [{ PartNumber: 1, ETag: copied.CopyPartResult!.ETag }];
  await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  const got = await client.send(new GetObjectCommand(target));
  expect((await bytesOf(got)).equals(whole.subarray(10, 20))).toBe(true);
});
