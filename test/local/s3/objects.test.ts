import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createHash, randomBytes } from 'node:crypto';
import { bytesOf, errorOf, raw, startTestServer, type TestServer } from './test-server';

const Bucket = 'objects';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => server.close());

test.each([0, 1, 16_384, 262_144, 262_145, 3_000_001])(
  'gives back %d bytes as they were put',
  async (size) => {
    const Body = randomBytes(size);
    const Key = `size/${size}`;
    const put = await server.client.send(new PutObjectCommand({ Bucket, Key, Body }));
    const etag = `"${createHash('md5').update(Body).digest('hex')}"`;
    expect(put.ETag).toBe(etag);
    const got = await server.client.send(new GetObjectCommand({ Bucket, Key }));
    expect(got).toMatchObject({ ETag: etag, ContentLength: size, AcceptRanges: 'bytes' });
    expect((await bytesOf(got)).equals(Body)).toBe(true);
  },
);

test('keeps what was said about an object', async () => {
  const about = {
    ContentType: 'application/x-parquet',
    CacheControl: 'no-cache',
    ContentDisposition: 'attachment; filename="a b.pq"',
    ContentEncoding: 'gzip',
    ContentLanguage: 'de',
    Metadata: { one: '1', __proto__x: 'x' },
  };
  const Key = 'about';
  await server.client.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...about }));
  const head = await server.client.send(new HeadObjectCommand({ Bucket, Key }));
  expect(head).toMatchObject(about);
  expect(Math.abs(head.LastModified!.getTime() - Date.now())).toBeLessThan(60_000);
  const overridden = await server.client.send(
    new GetObjectCommand({ Bucket, Key, ResponseContentType: 'text/plain' }),
  );
  expect(overridden).toMatchObject({ ...about, ContentType: 'text/plain' });
  const split = {
    path: `/${Bucket}/${Key}`,
    query: [['response-content-type', 'a\r\nset-cookie: b']] as [string, string][],
  };
  expect(await raw(server, split)).toMatchObject({ status: 400 });
});

test.each([
  ['IfMatch', (etag: string) => ({ IfMatch: etag }), 200],
  ['IfMatch of another', () => ({ IfMatch: '"00"' }), 412],
  ['IfNoneMatch', (etag: string) => ({ IfNoneMatch: etag }), 304],
  ['IfNoneMatch of another', () => ({ IfNoneMatch: '"00"' }), 200],
  ['IfModifiedSince the future', () => ({ IfModifiedSince: new Date(Date.now() + 60_000) }), 304],
  ['IfModifiedSince the past', () => ({ IfModifiedSince: new Date(0) }), 200],
  ['IfUnmodifiedSince the past', () => ({ IfUnmodifiedSince: new Date(0) }), 412],
  [
    'IfMatch beside IfUnmodifiedSince',
    (etag: string) => ({ IfMatch: etag, IfUnmodifiedSince: new Date(0) }),
    200,
  ],
])('reads under %s', async (_, conditions, status) => {
  const Key = 'conditions';
  const { ETag } = await server.client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  for (const command of [GetObjectCommand, HeadObjectCommand]) {
    const call = server.client.send(new command({ Bucket, Key, ...conditions(ETag!) }));
    if (status === 200) await expect(call).resolves.toMatchObject({ ETag });
    else expect(await errorOf(call)).toMatchObject({ status });
  }
});

test('writes under conditions', async () => {
  const put = (Key: string, conditions: object) =>
    server.client.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...conditions }));
  const { ETag } = await put('once', { IfNoneMatch: '*' });
  expect(await errorOf(put('once', { IfNoneMatch: '*' }))).toEqual({
    name: 'PreconditionFailed',
    status: 412,
  });
  expect(await errorOf(put('once', { IfMatch: '"00"' }))).toEqual({
    name: 'PreconditionFailed',
    status: 412,
  });
  await put('once', { IfMatch: ETag });
  expect(await errorOf(put('never', { IfMatch: ETag }))).toEqual({ name: 'NoSuchKey', status: 404 });
});

test('of many writers under If-None-Match one wins', async () => {
  const writers = Array.from({ length: 10 }, (_, i) =>
    server.client.send(new PutObjectCommand({ Bucket, Key: 'race', Body: String(i), IfNoneMatch: '*' })),
  );
  const outcomes = await Promise.allSettled(writers);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a range that cannot be had says how long the object is', async () => {
  await server.client.send(new PutObjectCommand({ Bucket, Key: 'ten', Body: '0123456789' }));
  const answer = await raw(server, { path: `/${Bucket}/ten`, headers: { range: 'bytes=10-' } });
  expect(answer).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10' } });
  expect(answer.body).toContain('<ActualObjectSize>10</ActualObjectSize>');
  const head = await raw(server, { method: 'HEAD', path: `/${Bucket}/ten`, headers: { range: 'bytes=-3' } });
  expect(head).toMatchObject({
    status: 206,
    headers: { 'content-range': 'bytes 7-9/10', 'content-length': '3' },
  });
});

test('buckets are made once, listed, and deleted when empty', async () => {
  const { store } = server;
  store.createBucket('made-here');
  store.createBucket('made-here');
  const { Buckets } = await server.client.send(new ListBucketsCommand({}));
  expect(Buckets!.map(({ Name }) => Name)).toEqual(['made-here', Bucket]);
  await expect(server.client.send(new HeadBucketCommand({ Bucket }))).resolves.toMatchObject({
    BucketRegion: 'us-east-1',
  });
  expect(await raw(server, { method: 'DELETE', path: `/${Bucket}` })).toMatchObject({ status: 409 });
  expect(await raw(server, { method: 'DELETE', path: '/made-here' })).toMatchObject({ status: 204 });
  expect(await raw(server, { method: 'GET', path: '/made-here' })).toMatchObject({ status: 404 });
  for (const name of ['ab', 'UPPER', 'a..b', '1.2.3.4', '-a-', 'x'.repeat(64)]) {
    expect((await raw(server, { method: 'PUT', path: `/${name}` })).body).toContain('InvalidBucketName');
  }
});

test('tells what it does not do, and never takes it for something else', async () => {
  await server.client.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'kept' }));
  for (const query of [[['acl', '']], [['tagging', '']]] as [string, string][][]) {
    expect(await raw(server, { method: 'PUT', path: `/${Bucket}/kept`, query })).toMatchObject({
      status: 501,
    });
    expect(await raw(server, { method: 'DELETE', path: `/${Bucket}`, query })).toMatchObject({ status: 501 });
  }
  expect(await raw(server, { method: 'POST', path: `/${Bucket}/kept` })).toMatchObject({ status: 405 });
  const got = await server.client.send(new GetObjectCommand({ Bucket, Key: 'kept' }));
  expect((await bytesOf(got)).toString()).toBe('kept');
});

test('a deleted object is gone, and deleting it again is no error', async () => {
  await server.client.send(new PutObjectCommand({ Bucket, Key: 'gone', Body: 'x' }));
  for (let i = 0; i < 2; i++) await server.client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
  expect(await errorOf(server.client.send(new GetObjectCommand({ Bucket, Key: 'gone' })))).toEqual({
    name: 'NoSuchKey',
    status: 404,
  });
});
