import { CreateBucketCommand, ListObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { raw, startTestServer, type TestServer } from './test-server';

const Bucket = 'listings';
const keys = ['a', 'dir/', 'dir/1', 'dir/2', 'dir/sub/x', 'e/1', 'z'];
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.client.send(new CreateBucketCommand({ Bucket }));
  for (const key of keys) await raw(server, { method: 'PUT', path: `/${Bucket}/${key}` });
});
afterAll(() => server.close());

async function namesOfV1(query: { Prefix?: string; Delimiter?: string; MaxKeys: number }): Promise<string[]> {
  const names: string[] = [];
  let Marker: string | undefined;
  for (let more = true; more; ) {
    const page = await server.client.send(new ListObjectsCommand({ Bucket, Marker, ...query }));
    const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!);
    const here = [...(page.Contents ?? []).map(({ Key }) => Key!), ...prefixes].sort();
    names.push(...here);
    more = page.IsTruncated === true;
    // Without a delimiter S3 gives no NextMarker: the last key is the marker.
    Marker = page.NextMarker ?? here.at(-1);
  }
  return names;
}

test.each([1, 2, 1_000])('the first version pages by %d through keys and groups', async (MaxKeys) => {
  expect(await namesOfV1({ MaxKeys })).toEqual(keys);
  expect(await namesOfV1({ MaxKeys, Delimiter: '/' })).toEqual(['a', 'dir/', 'e/', 'z']);
  // Here `dir/` is a key and the marker after it, not a group to be passed over.
  const inside = { MaxKeys, Delimiter: '/', Prefix: 'dir/' };
  expect(await namesOfV1(inside)).toEqual(['dir/', 'dir/1', 'dir/2', 'dir/sub/']);
});

test('the second version tells of each object what S3 tells', async () => {
  const { Contents } = await server.client.send(
    new ListObjectsV2Command({ Bucket, Prefix: 'z', FetchOwner: true }),
  );
  expect(Contents).toMatchObject([
    { Key: 'z', Size: 0, ETag: '"d41d8cd98f00b204e9800998ecf8427e"', ChecksumType: 'FULL_OBJECT', Owner: {} },
  ]);
  const after = await server.client.send(
    new ListObjectsV2Command({ Bucket, StartAfter: 'dir/2', Delimiter: '/' }),
  );
  expect(after.CommonPrefixes!.map(({ Prefix }) => Prefix)).toEqual(['dir/', 'e/']);
});

test.each([
  ['max-keys', '-1'],
  ['max-keys', 'many'],
  ['encoding-type', 'base64'],
  ['continuation-token', 'made up'],
])('refuses %s=%s', async (name, value) => {
  const answer = await raw(server, {
    path: `/${Bucket}`,
    query: [
      ['list-type', '2'],
      [name, value],
    ],
  });
  expect(answer).toMatchObject({ status: 400 });
  expect(answer.body).toContain('<Code>InvalidArgument</Code>');
});

test('max-keys=0 lists nothing and promises nothing', async () => {
  const page = await server.client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }));
  expect(page).toMatchObject({ KeyCount: 0, IsTruncated: false });
});
