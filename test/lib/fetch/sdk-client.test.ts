import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { GetOutcome, GetRequest } from '../../../lib/fetch/object-client';
import type { PhaseName } from '../../../lib/fetch/record';
import { clientOf, requestOf, shortTimeouts } from './fetch-from';
import {
  after,
  asAsked,
  etag,
  head,
  requestId,
  s3Error,
  silence,
  stallAfter,
  trickle,
  whole,
} from './replies';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server';

const body = randomBytes(300_000);
let server: ScriptedServer;

// The SDK's first request takes the time in which it makes itself ready.
beforeAll(async () => {
  server = await startScriptedServer([whole(body)]);
  const client = clientOf(server.url);
  await client.get(requestOf());
  client.closeConnections();
  await server.close();
});

afterEach(async () => {
  await server.allClosed();
  await server.close();
});

async function get(script: Reply[], change: Partial<GetRequest> = {}): Promise<GetOutcome> {
  server = await startScriptedServer(script);
  const client = clientOf(server.url);
  const outcome = await client.get(requestOf(change));
  client.closeConnections();
  return outcome;
}

function expectPhasesToSum({ phasesMs, durationMs }: GetOutcome): void {
  const sum = Object.values(phasesMs).reduce<number>((total, ms) => total + (ms ?? 0), 0);
  expect(Math.abs(sum - durationMs)).toBeLessThanOrEqual(Math.max(1, durationMs / 100));
}

const slowest = ({ phasesMs }: GetOutcome) =>
  (Object.entries(phasesMs) as [PhaseName, number | null][]).sort((a, b) => (b[1] ?? 0) - (a[1] ?? 0))[0]![0];

test('an object is read to its end', async () => {
  const outcome = await get([whole(body)], { expectedBytes: body.length });
  expect(outcome).toMatchObject({
    status: 200,
    requestId,
    etag,
    address: '127.0.0.1',
    reused: false,
    bytes: body.length,
    checksumVerified: false,
    failure: null,
  });
  expectPhasesToSum(outcome);
  expect(server.seen[0]!.headers).not.toHaveProperty('range');
  expect(server.seen[0]!.headers).not.toHaveProperty('if-match');
});

test('a range and an ETag are sent as they are asked for', async () => {
  const range = { from: 10, to: 99 };
  const outcome = await get([asAsked(body)], { range, etag, expectedBytes: 90 });
  expect(outcome).toMatchObject({ status: 206, bytes: 90, failure: null });
  expect(server.seen[0]!.headers).toMatchObject({ range: 'bytes=10-99', 'if-match': etag });
});

test('the second request goes out on the connection of the first', async () => {
  server = await startScriptedServer([whole(body)]);
  const client = clientOf(server.url);
  const first = await client.get(requestOf());
  const second = await client.get(requestOf());
  expect([first.reused, second.reused]).toEqual([false, true]);
  expect(second).toMatchObject({ address: '127.0.0.1', phasesMs: { dns: null, tcp: null, tls: null } });
  expectPhasesToSum(second);
  expect(server.seen.map(({ connection }) => connection)).toEqual([1, 1]);
  client.closeConnections();
  await server.allClosed();
  const third = await client.get(requestOf());
  expect(third.reused).toBe(false);
  client.closeConnections();
});

test.each<[string, Reply, PhaseName]>([
  ['a late head', after(250, whole(body)), 'firstByte'],
  [
    'a late end',
    (socket, request) => {
      stallAfter(body, 1000)(socket, request);
      setTimeout(() => socket.write(body.subarray(1000)), 250);
    },
    'body',
  ],
])('%s is put down to its phase', async (_, reply, phase) => {
  const outcome = await get([reply]);
  expect(outcome.failure).toBeNull();
  expect(slowest(outcome)).toBe(phase);
  expect(outcome.phasesMs[phase]).toBeGreaterThanOrEqual(200);
  expectPhasesToSum(outcome);
});

test.each<[string, Reply, string, PhaseName]>([
  ['no head', silence, 'FirstByteTimeout', 'firstByte'],
  [
    'half a head',
    (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-le'),
    'FirstByteTimeout',
    'firstByte',
  ],
  ['a body that stops', stallAfter(body, 70_000), 'BodyStall', 'body'],
  ['a body that trickles', trickle(body.length), 'BodyStall', 'body'],
])('%s ends as %s', async (_, reply, code, phase) => {
  const outcome = await get([reply], { timeouts: shortTimeouts });
  expect(outcome.failure).toMatchObject({ code, phase, retry: 'transient' });
  expect(slowest(outcome)).toBe(phase);
  expectPhasesToSum(outcome);
});

test('bytes above the stall rate keep a body alive beyond its stall time', async () => {
  const chunk = Buffer.alloc(70_000);
  const outcome = await get(
    [
      (socket) => {
        socket.write(head(200, 5 * chunk.length));
        let left = 5;
        const timer = setInterval(() => {
          socket.write(chunk);
          if (--left === 0) clearInterval(timer);
        }, 100);
      },
    ],
    { timeouts: { connectMs: 4_000, firstByteMs: 4_000, stallMs: 300 } },
  );
  expect(outcome).toMatchObject({ bytes: 350_000, failure: null });
});

test('nobody listens: the connection is refused while connecting, not while resolving', async () => {
  server = await startScriptedServer([silence]);
  await server.close();
  const outcome = await clientOf(server.url).get(requestOf());
  expect(outcome.failure).toMatchObject({ code: 'ConnectionRefused', phase: 'tcp', retry: 'transient' });
  expect(outcome).toMatchObject({ status: null, address: null, bytes: 0 });
  server = await startScriptedServer([silence]);
});

test('a TLS handshake that nobody answers is a connect timeout in tls', async () => {
  server = await startScriptedServer([silence]);
  const client = clientOf(server.url.replace('http:', 'https:'));
  const outcome = await client.get(requestOf({ timeouts: { ...shortTimeouts, connectMs: 400 } }));
  expect(outcome.failure).toMatchObject({ code: 'ConnectTimeout', phase: 'tls', retry: 'transient' });
  expect(slowest(outcome)).toBe('tls');
  expectPhasesToSum(outcome);
  client.closeConnections();
});

test('TLS where plain text answers is a TLS failure, and trying again is no help', async () => {
  const plain = createServer((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  plain.listen(0, '127.0.0.1');
  await once(plain, 'listening');
  const { port } = plain.address() as { port: number };
  const outcome = await clientOf(`https://127.0.0.1:${port}`).get(requestOf());
  plain.close();
  expect(outcome.failure).toMatchObject({ code: 'TlsFailure', phase: 'tls', retry: 'no' });
  server = await startScriptedServer([silence]);
});

test('waiting for a socket that another request holds is told as queue', async () => {
  server = await startScriptedServer([silence, whole(body)]);
  const client = clientOf(server.url, 1);
  const [held, waiting] = await Promise.all([
    client.get(requestOf({ timeouts: { ...shortTimeouts, firstByteMs: 1_500 } })),
    client.get(requestOf({ timeouts: { ...shortTimeouts, connectMs: 400 } })),
  ]);
  expect(held.failure).toMatchObject({ code: 'FirstByteTimeout' });
  expect(waiting.failure).toMatchObject({ code: 'ConnectTimeout', phase: 'queue' });
  expect(slowest(waiting)).toBe('queue');
  expect(server.seen).toHaveLength(1);
  client.closeConnections();
});

test.each<[number, string, string, string]>([
  [404, 'NoSuchKey', 'NoSuchKey', 'no'],
  [404, 'NoSuchBucket', 'NoSuchBucket', 'no'],
  [403, 'AccessDenied', 'AccessDenied', 'no'],
  [403, 'InvalidObjectState', 'Archived', 'no'],
  [403, 'SignatureDoesNotMatch', 'AccessDenied', 'no'],
  [412, 'PreconditionFailed', 'ObjectChanged', 'no'],
  [301, 'PermanentRedirect', 'WrongRegion', 'no'],
  [400, 'ExpiredToken', 'ExpiredToken', 'no'],
  [403, 'RequestTimeTooSkewed', 'ClockSkew', 'no'],
  [500, 'InternalError', 'InternalError', 'transient'],
  [503, 'SlowDown', 'SlowDown', 'throttled'],
  [418, 'constructor', 'Other', 'no'],
])('%i %s is %s, to be tried again: %s', async (status, code, expected, retry) => {
  const outcome = await get([s3Error(status, code)]);
  expect(outcome.failure).toMatchObject({ code: expected, retry });
  expect(outcome).toMatchObject({ status, requestId, bytes: 0 });
  expectPhasesToSum(outcome);
});

test('a request that is stopped beforehand is not made', async () => {
  server = await startScriptedServer([whole(body)]);
  const outcome = await clientOf(server.url).get(requestOf({ signal: AbortSignal.abort() }));
  expect(outcome.failure).toMatchObject({ code: 'Aborted', retry: 'no' });
  expect(server.seen).toHaveLength(0);
});

test('a stop from outside ends a request under way', async () => {
  const stop = new AbortController();
  server = await startScriptedServer([
    (socket, request) => {
      stallAfter(body, 10)(socket, request);
      stop.abort();
    },
  ]);
  const outcome = await clientOf(server.url).get(requestOf({ signal: stop.signal }));
  expect(outcome.failure).toMatchObject({ code: 'Aborted', retry: 'no' });
});
