import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { childText, parseXml } from '../../../local/s3/xml/parse-xml';
import { encode } from '../sigv4/sign';
import { bodyFiles, bytesOf, errorOf, raw, startTestServer, type TestServer } from './test-server';

const Bucket = 'hostile';
const known = [
  '../x',
  '../../../../etc/passwd',
  '/absolute',
  'a//b',
  '.',
  '..',
  'a/./b/../c',
  'line\nbreak\r\n',
  'nul\u0000byte',
  '%2F',
  '%00',
  'a+b c',
  '\ttab\u007f',
  'x'.repeat(1_024),
  '\u{1f600}'.repeat(256),
  '\ufeffbom',
  '\u202egpj.exe',
  '<script>"\'&]]>',
  '__proto__',
  'C:\\con',
  'trailing/',
];
// The machine may be busy with other things.
jest.setTimeout(30_000);
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => server.close());

test.each(known)('stores %j under exactly that key', async (Key) => {
  expect(await keyRoundTrip(Key)).toEqual({ body: Key, listed: [Key] });
});

test('stores any key that S3 allows', async () => {
  const keys = fc
    .oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: fc.constantFrom('.', '/', '%', '2', 'F', '+', '\\') }),
    )
    .filter((key) => key !== '');
  await fc.assert(
    fc.asyncProperty(keys, async (key) => {
      const path = `/${Bucket}/${key.split('/').map(encode).join('/')}`;
      const body = Buffer.from(key);
      expect(await raw(server, { method: 'PUT', path, body })).toMatchObject({ status: 200 });
      expect(await raw(server, { path })).toMatchObject({ status: 200, body: body.toString() });
      const { body: listing } = await raw(server, { path: `/${Bucket}` });
      const rows = parseXml(listing).children.filter(({ name }) => name === 'Contents');
      expect(rows.map((row) => childText(row, 'Key'))).toEqual([key]);
      expect(await raw(server, { method: 'DELETE', path })).toMatchObject({ status: 204 });
    }),
  );
});

test('no key becomes the name of a file', async () => {
  for (const Key of known) await put(Key);
  const files = await bodyFiles(server.dataDir, known.length);
  expect(files).toHaveLength(known.length);
  expect(files.filter((name) => !/^[0-9a-f]{32}$/.test(name))).toEqual([]);
  expect(readdirSync(server.dataDir).sort()).toEqual(['bodies', 'incoming', 'journal.jsonl', 'lock']);
});

test('a key is 1,024 bytes of UTF-8 at most', async () => {
  for (const Key of ['x'.repeat(1_025), '\u{1f600}'.repeat(257)]) {
    expect(await errorOf(put(Key))).toEqual({ name: 'KeyTooLongError', status: 400 });
  }
});

test('a path that is not UTF-8 is no key', async () => {
  for (const path of [`/${Bucket}/%ff`, `/${Bucket}/%c0%ae`, `/${Bucket}/%`, `/${Bucket}/%zz`]) {
    expect((await raw(server, { path })).body).toContain('<Code>InvalidURI</Code>');
  }
});

async function keyRoundTrip(Key: string) {
  await put(Key);
  const got = await raw(server, { path: `/${Bucket}/${Key.split('/').map(encode).join('/')}` });
  const viaSdk = await server.client.send(new GetObjectCommand({ Bucket, Key }));
  expect((await bytesOf(viaSdk)).toString()).toBe(got.body);
  const { Contents = [] } = await server.client.send(
    new ListObjectsV2Command({ Bucket, EncodingType: 'url' }),
  );
  const listed = Contents.map((row) => decodeURIComponent(row.Key!));
  await server.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } }));
  const { KeyCount } = await server.client.send(new ListObjectsV2Command({ Bucket }));
  expect(KeyCount).toBe(0);
  return { body: got.body, listed };
}

const put = (Key: string) => server.client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
