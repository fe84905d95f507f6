import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { bytesOf, errorOf, raw, startTestServer, type TestServer } from './test-server';

let server: TestServer;
let Bucket: string;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  Bucket = `versions-${count++}`;
  await server.client.send(new CreateBucketCommand({ Bucket }));
});

const setVersioning = (Status: 'Enabled' | 'Suspended') =>
  server.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const put = (Key: string, Body: string) => server.client.send(new PutObjectCommand({ Bucket, Key, Body }));
const get = async (Key: string, VersionId?: string) =>
  (await bytesOf(await server.client.send(new GetObjectCommand({ Bucket, Key, VersionId })))).toString();
const listVersions = async () => {
  const { Versions = [], DeleteMarkers = [] } = await server.client.send(
    new ListObjectVersionsCommand({ Bucket }),
  );
  return {
    versions: Versions.map((row) => row.VersionId),
    markers: DeleteMarkers.map((row) => row.VersionId),
  };
};

test('keeps every version, and hides them all behind a delete marker', async () => {
  await put('k', 'before');
  await setVersioning('Enabled');
  const { VersionId: first } = await put('k', '1');
  const { VersionId: second } = await put('k', '2');
  expect([await get('k'), await get('k', first), await get('k', 'null')]).toEqual(['2', '1', 'before']);

  const deletion = await server.client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(deletion.DeleteMarker).toBe(true);
  expect(await errorOf(get('k'))).toEqual({ name: 'NoSuchKey', status: 404 });
  expect(await errorOf(get('k', deletion.VersionId))).toMatchObject({
    name: 'MethodNotAllowed',
    status: 405,
  });
  expect(await errorOf(get('k', 'unknown'))).toEqual({ name: 'NoSuchVersion', status: 404 });
  expect((await raw(server, { path: `/${Bucket}/k` })).headers).toMatchObject({
    'x-amz-delete-marker': 'true',
  });
  expect((await server.client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  expect(await listVersions()).toEqual({ versions: [second, first, 'null'], markers: [deletion.VersionId] });

  await server.client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: deletion.VersionId }));
  expect(await get('k')).toBe('2');
  await server.client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: second }));
  expect(await get('k')).toBe('1');
});

test('suspended, it has one null version, and keeps the older ones', async () => {
  await setVersioning('Enabled');
  const { VersionId: old } = await put('k', 'old');
  await setVersioning('Suspended');
  await put('k', 'a');
  await put('k', 'b');
  expect(await listVersions()).toEqual({ versions: ['null', old], markers: [] });
  await server.client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(await listVersions()).toEqual({ versions: [old], markers: ['null'] });
  const status = await server.client.send(new GetBucketVersioningCommand({ Bucket }));
  expect(status.Status).toBe('Suspended');
});

test('versions are listed in pages that lose none, even between two of one key', async () => {
  await setVersioning('Enabled');
  const expected: string[] = [];
  for (const Key of ['a', 'b']) {
    const ids = [];
    for (let i = 0; i < 3; i++) ids.unshift((await put(Key, String(i))).VersionId!);
    expected.push(...ids);
  }
  const seen: string[] = [];
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (let more = true; more; ) {
    const page = await server.client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...markers }));
    seen.push(...page.Versions!.map((row) => row.VersionId!));
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    more = page.IsTruncated === true;
  }
  expect(seen).toEqual(expected);
});

test('a copy has the bytes, and its own or new headers', async () => {
  const Key = 'from/ü ?&+';
  const about = { ContentType: 'a/b', Metadata: { m: '1' } };
  const { ETag } = await server.client.send(new PutObjectCommand({ Bucket, Key, Body: 'bytes', ...about }));
  const CopySource = encodeURIComponent(`${Bucket}/${Key}`);
  const copy = (target: object) =>
    server.client.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource, ...target }));
  expect((await copy({})).CopyObjectResult!.ETag).toBe(ETag);
  expect(await server.client.send(new HeadObjectCommand({ Bucket, Key: 'to' }))).toMatchObject(about);
  await copy({
    MetadataDirective: 'REPLACE',
    Metadata: { m: '2' },
    ContentType: 'c/d',
    ChecksumAlgorithm: 'SHA1',
  });
  const head = await server.client.send(
    new HeadObjectCommand({ Bucket, Key: 'to', ChecksumMode: 'ENABLED' }),
  );
  expect(head).toMatchObject({ ContentType: 'c/d', Metadata: { m: '2' }, ChecksumSHA1: expect.any(String) });

  await server.client.send(new DeleteObjectCommand({ Bucket, Key }));
  expect(await get('to')).toBe('bytes');
  expect(await errorOf(copy({}))).toEqual({ name: 'NoSuchKey', status: 404 });
  const itself = { Key: 'to', CopySource: `${Bucket}/to` };
  expect(await errorOf(copy(itself))).toEqual({ name: 'InvalidRequest', status: 400 });
  expect(await errorOf(copy({ ...itself, Key: 'x', CopySourceIfMatch: '"00"' }))).toMatchObject({
    status: 412,
  });
});

test('deletes many in one request', async () => {
  for (const key of ['a', 'b', 'c\n&<']) await put(key, 'x');
  const Objects = [{ Key: 'a' }, { Key: 'c\n&<' }, { Key: 'never' }];
  const { Deleted } = await server.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(Deleted!.map(({ Key }) => Key)).toEqual(['a', 'c\n&<', 'never']);
  const { Contents } = await server.client.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents!.map(({ Key }) => Key)).toEqual(['b']);
  const broken = { method: 'POST', path: `/${Bucket}`, query: [['delete', '']] as [string, string][] };
  expect((await raw(server, { ...broken, body: Buffer.from('<Delete>') })).body).toContain('MalformedXML');
});
