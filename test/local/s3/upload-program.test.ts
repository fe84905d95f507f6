import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { startTestServer, type TestServer } from './test-server';

const Bucket = 'uploads';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => server.close());

test("the SDK's own upload manager puts a stream in parts, and all of it is there", async () => {
  const bytes = randomBytes(12 * 1024 * 1024);
  const params = { Bucket, Key: 'in/parts', Body: Readable.from([bytes]) };
  const partSize = 5 * 1024 * 1024;
  await new Upload({ client: server.client, params, partSize, queueSize: 3 }).done();
  const named = { Bucket, Key: 'in/parts' };
  const head = await server.client.send(new HeadObjectCommand(named));
  const { Body } = await server.client.send(new GetObjectCommand(named));
  expect(head.ETag).toMatch(/-3"$/);
  expect(bytes.equals(await Body!.transformToByteArray())).toBe(true);
});
