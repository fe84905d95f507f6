import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { ObjectCreated } from '../../../local/s3/store/object-store';
import { nowDateTime, presign, sha256, signHeaders } from '../sigv4/sign';
import {
  bytesOf,
  clientOf,
  errorOf,
  raw,
  send,
  signing,
  startTestServer,
  type TestServer,
} from './test-server';

const Bucket = 'connections';
let server: TestServer;
/** Gives up idle sockets at once, so that tests need not wait; only for requests written by hand. */
let impatient: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  impatient = await startTestServer({ uploadIdleTimeoutMs: 200, keepAliveTimeoutMs: 50 });
  for (const { store } of [server, impatient]) store.createBucket(Bucket);
});
afterAll(() => Promise.all([server.close(), impatient.close()]));

const put = (Key: string, Body: string | Buffer) =>
  server.client.send(new PutObjectCommand({ Bucket, Key, Body }));
const incoming = () => readdirSync(join(impatient.dataDir, 'incoming'));

function putHead(key: string, length: number, extra: Record<string, string> = {}): string {
  const path = `/${Bucket}/${key}`;
  const host = `127.0.0.1:${impatient.port}`;
  const payloadHash = 'UNSIGNED-PAYLOAD';
  const signed = signHeaders({ method: 'PUT', path, query: [], headers: { host }, payloadHash }, signing());
  const headers = { ...signed, 'content-length': String(length), ...extra };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `PUT ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

async function open(text: string): Promise<Socket> {
  const socket = connect(impatient.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(text);
  return socket;
}

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (data) => (text += data.toString('latin1')));
  await once(socket, 'close');
  return text;
}

test('answers what is refused with S3 error XML and its request id, and keeps the connection', async () => {
  const unsigned = `GET /${Bucket}/x HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`;
  const text = await readAll(await open(unsigned + unsigned));
  expect(text.match(/HTTP\/1\.1 403 Forbidden/g)).toHaveLength(2);
  expect(text.match(/<Code>AccessDenied<\/Code>/g)).toHaveLength(2);
  const [, id] = /x-amz-request-id: (\w{16})/.exec(text)!;
  expect(text).toContain(`<RequestId>${id}</RequestId>`);
  expect(text).not.toMatch(/keep-alive/i);
});

test.each([
  [
    'a wrong secret',
    { credentials: { accessKeyId: 'local', secretAccessKey: 'wrong' } },
    'SignatureDoesNotMatch',
  ],
  ['an unknown key', { credentials: { accessKeyId: 'nobody', secretAccessKey: 'x' } }, 'InvalidAccessKeyId'],
  ['a clock that is off', { systemClockOffset: 16 * 60_000 }, 'RequestTimeTooSkewed'],
])('refuses %s', async (_, config, name) => {
  const client = clientOf(server.url, config);
  expect(await errorOf(client.send(new ListObjectsV2Command({ Bucket })))).toEqual({ name, status: 403 });
  client.destroy();
});

test('a session token goes with the credentials', async () => {
  const client = clientOf(server.url, {
    credentials: { accessKeyId: 'local', secretAccessKey: 'local-secret', sessionToken: 'token' },
  });
  await expect(client.send(new ListObjectsV2Command({ Bucket }))).resolves.toMatchObject({
    KeyCount: expect.any(Number),
  });
  client.destroy();
});

test('a presigned URL reads and writes without further credentials', async () => {
  const headers = { host: `127.0.0.1:${server.port}` };
  const url = (method: string) => {
    const request = {
      method,
      path: `/${Bucket}/presigned`,
      query: [],
      headers,
      payloadHash: 'UNSIGNED-PAYLOAD',
    };
    return presign(request, signing(), 60);
  };
  expect(
    await send(server.port, 'PUT', url('PUT'), { ...headers, 'content-length': '3' }, Buffer.from('abc')),
  ).toMatchObject({ status: 200 });
  expect(await send(server.port, 'GET', url('GET'), headers)).toMatchObject({ status: 200, body: 'abc' });
  expect(await send(server.port, 'GET', url('PUT'), headers)).toMatchObject({ status: 403 });
});

test('the bucket may stand in the host name', async () => {
  await put('a/b', 'virtual');
  const headers = { host: `${Bucket}.localhost:${server.port}` };
  const payloadHash = sha256('');
  const signed = signHeaders(
    { method: 'GET', path: '/a/b', query: [], headers, payloadHash },
    { ...signing(), dateTime: nowDateTime() },
  );
  expect(await send(server.port, 'GET', '/a/b', signed)).toMatchObject({ status: 200, body: 'virtual' });
});

test('asks for a body only when its signature is right', async () => {
  const good = await open(putHead('continue', 3, { expect: '100-continue' }));
  expect(String((await once(good, 'data'))[0])).toMatch(/^HTTP\/1\.1 100 Continue/);
  good.write('abc');
  expect(await readAll(good)).toMatch(/^HTTP\/1\.1 200 OK/);
  const bad = await open(
    putHead('continue', 3, { expect: '100-continue' }).replace(/Signature=\w{4}/, 'Signature=0000'),
  );
  expect(await readAll(bad)).toMatch(/^HTTP\/1\.1 403 Forbidden[^]*connection: close/);
});

test('an upload that stands still is given up, and leaves nothing', async () => {
  const text = await readAll(await open(`${putHead('slow', 10)}abc`));
  expect(text).toContain('<Code>RequestTimeout</Code>');
  expect(incoming()).toEqual([]);
  expect(await raw(impatient, { method: 'HEAD', path: `/${Bucket}/slow` })).toMatchObject({ status: 404 });
});

test('an upload that is cut off leaves nothing', async () => {
  const socket = await open(putHead('cut', 10_000_000, { expect: '100-continue' }));
  await once(socket, 'data');
  expect(incoming()).toHaveLength(1);
  socket.write(randomBytes(100_000), () => socket.resetAndDestroy());
  while (incoming().length > 0) await raw(impatient, { path: '/' });
  expect(await raw(impatient, { method: 'HEAD', path: `/${Bucket}/cut` })).toMatchObject({ status: 404 });
});

test('headers and request lines have a limit', async () => {
  const text = await readAll(await open(`GET /${Bucket}/${'x'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`));
  expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request/);
  expect(text).toContain('RequestHeaderSectionTooLarge');
  expect(await readAll(await open('nonsense\r\n\r\n'))).toMatch(/^HTTP\/1\.1 400 Bad Request/);
});

test('a reader that goes away in the midst of a body harms nobody', async () => {
  const Body = randomBytes(20_000_000);
  await put('large', Body);
  const readers = Array.from({ length: 5 }, async () => {
    const { Body: stream } = await server.client.send(new GetObjectCommand({ Bucket, Key: 'large' }));
    (stream as unknown as { destroy(): void }).destroy();
  });
  await Promise.all(readers);
  const got = await bytesOf(await server.client.send(new GetObjectCommand({ Bucket, Key: 'large' })));
  expect(got.equals(Body)).toBe(true);
});

test('tells of each object once it is kept, with a file that holds it', async () => {
  const events: ObjectCreated[] = [];
  const stop = server.store.onObjectCreated((event) => events.push(event));
  await put('told/1', 'one');
  stop();
  await put('told/2', 'two');
  expect(events).toEqual([{ bucket: Bucket, key: 'told/1', sizeBytes: 3, bodyPath: expect.any(String) }]);
  expect(readFileSync(events[0]!.bodyPath, 'utf8')).toBe('one');
});

test('a request can be held, answered or cut before its operation', async () => {
  const seen: string[] = [];
  const faulty = await startTestServer({
    intercept: async (operation, { key, response }, proceed) => {
      seen.push(`${operation} ${key}`);
      if (key === 'cut') response.socket!.resetAndDestroy();
      else await proceed();
    },
  });
  faulty.store.createBucket('faulty');
  await faulty.client.send(new PutObjectCommand({ Bucket: 'faulty', Key: 'k', Body: 'x' }));
  const cut = faulty.client.send(new GetObjectCommand({ Bucket: 'faulty', Key: 'cut' }));
  await expect(cut).rejects.toThrow('ECONNRESET');
  expect(seen).toEqual(['PutObject k', 'GetObject cut']);
  await faulty.close();
});
