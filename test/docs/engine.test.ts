import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { buildSync } from 'esbuild';
import { type S3Server, startS3Server } from '../../local/s3/s3-server';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'engine.md'), 'utf8');
const examples = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);
const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };

let folder: string;
let server: S3Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'engine-examples-'));
  server = await startS3Server({ dataDir: join(folder, 's3'), credentials, region: 'us-east-1' });
  const sdk = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    credentials,
    forcePathStyle: true,
  });
  await sdk.send(new CreateBucketCommand({ Bucket: 'my-lake' }));
  await sdk.send(new PutObjectCommand({ Bucket: 'my-lake', Key: 'a.csv', Body: Buffer.from('1,2,3\n') }));
  sdk.destroy();
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** As a reader would run it: a process of its own, with nothing but the environment. */
async function run(code: string): Promise<string[]> {
  const outfile = join(folder, 'example.mjs');
  buildSync({
    stdin: { contents: code, loader: 'ts', resolveDir: root },
    alias: { 's3-fetch-tuner/fetch': join(root, 'lib', 'fetch', 'index.ts') },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@aws-sdk/*'],
  });
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_S3: server.url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [outfile], { env });
  return stdout.trim().split('\n');
}

test('the page has three examples', () => {
  expect(examples).toHaveLength(3);
});

test('many objects: a record each, the missing one included', async () => {
  const printed = (await run(examples[0]!)).sort();
  expect(printed[0]).toMatch(/^a\.csv fetched [\d.]+ undefined$/);
  expect(printed[1]).toMatch(/^b\.csv failed [\d.]+ NoSuchKey$/);
});

test('one object in memory', async () => {
  expect((await run(examples[1]!))[0]).toMatch(/^6 crc$/);
});

test('one object as a stream', async () => {
  expect(await run(examples[2]!)).toEqual(['6']);
});
