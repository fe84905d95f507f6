import { randomBytes } from 'node:crypto';
import { fetchObjects } from '../../../lib/fetch/fetch-objects';
import type { FetchRecord } from '../../../lib/fetch/record';
import { clientOf, fetchAll, objectOf, optionsOf, shortTimeouts } from './fetch-from';
import { asAsked, cutAfter, etag, reset, s3Error, silence, stallAfter, whole } from './replies';
import { type Reply, type ScriptedServer, type SeenRequest, startScriptedServer } from './scripted-server';

const body = randomBytes(100_000);
let server: ScriptedServer;

afterEach(async () => {
  await server.allClosed();
  await server.close();
});

async function fetchOne(script: readonly Reply[], change: Parameters<typeof fetchAll>[2] = {}) {
  server = await startScriptedServer(script);
  const records = await fetchAll(server.url, [objectOf(body)], change);
  expect(records).toHaveLength(1);
  return records[0]!;
}

const asked = () => server.seen.map(({ headers }) => [headers['range'], headers['if-match']]);

test('a body cut half way goes on from the byte reached, of the same version', async () => {
  const record = await fetchOne([cutAfter(body, 40_000), asAsked(body)]);
  expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length, failure: null });
  expect(asked()).toEqual([
    [undefined, etag],
    ['bytes=40000-99999', etag],
  ]);
  expect(record.attempts).toMatchObject([
    { n: 1, range: null, status: 200, bytes: 40_000, error: { code: 'ConnectionReset' } },
    { n: 2, range: 'bytes=40000-99999', status: 206, bytes: 60_000, error: null },
  ]);
});

test('a part that stalls goes on from the byte reached', async () => {
  const stallInPart: Reply = (socket, request) => {
    const write = socket.write.bind(socket);
    socket.write = (chunk: Buffer | string) =>
      typeof chunk === 'string' ? write(chunk) : write(chunk.subarray(0, 1000));
    asAsked(body)(socket, request);
  };
  server = await startScriptedServer([asAsked(body), stallInPart, asAsked(body)]);
  const [record] = await fetchAll(server.url, [objectOf(body)], {
    partSizeBytes: 60_000,
    concurrency: 1,
    timeouts: shortTimeouts,
  });
  expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length });
  expect(asked()).toEqual([
    ['bytes=0-59999', etag],
    ['bytes=60000-99999', etag],
    ['bytes=61000-99999', etag],
  ]);
});

test('an object of unknown size and version goes on to its end, of the version that it began with', async () => {
  server = await startScriptedServer([cutAfter(body, 5), asAsked(body)]);
  const [record] = await fetchAll(server.url, [objectOf(null)]);
  expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length, sizeBytes: body.length });
  expect(asked()).toEqual([
    [undefined, undefined],
    ['bytes=5-', etag],
  ]);
});

test('bytes whose checksum was wrong are all asked for again', async () => {
  const wrong = { 'x-amz-checksum-sha256': Buffer.alloc(32).toString('base64') };
  const record = await fetchOne([whole(body, wrong), asAsked(body)]);
  expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length });
  expect(record.attempts.map(({ error }) => error?.code)).toEqual(['ChecksumMismatch', undefined]);
  expect(asked().map(([range]) => range)).toEqual([undefined, undefined]);
});

test('a body that came whole but never ended is asked for again', async () => {
  const neverEnds: Reply = (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\netag: ${etag}\r\ntransfer-encoding: chunked\r\n\r\n`);
    socket.write(`${body.length.toString(16)}\r\n`);
    socket.write(body);
  };
  const record = await fetchOne([neverEnds, asAsked(body)], { timeouts: shortTimeouts });
  expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length });
  expect(record.attempts[0]!.error).toMatchObject({ code: 'BodyStall' });
});

test.each<[string, Reply]>([
  ['500', s3Error(500, 'InternalError')],
  ['503', s3Error(503, 'SlowDown')],
  ['a reset before the head', reset],
  ['no head in time', silence],
])('%s and then the object', async (_, reply) => {
  const record = await fetchOne([reply, asAsked(body)], { timeouts: shortTimeouts });
  expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length, failure: null });
  expect(record.attempts.map(({ n, error }) => [n, error === null])).toEqual([
    [1, false],
    [2, true],
  ]);
});

test.each<[string, Reply, string, number]>([
  ['404', s3Error(404, 'NoSuchKey'), 'NoSuchKey', 1],
  ['403', s3Error(403, 'AccessDenied'), 'AccessDenied', 1],
  ['412', s3Error(412, 'PreconditionFailed'), 'ObjectChanged', 1],
  ['503 for ever', s3Error(503, 'SlowDown'), 'SlowDown', 3],
  ['silence for ever', silence, 'FirstByteTimeout', 3],
  ['a body that always stalls', stallAfter(body, 0), 'BodyStall', 3],
])('%s is a failed record: %s', async (_, reply, code, attempts) => {
  const record = await fetchOne([reply], { timeouts: shortTimeouts });
  expect(record).toMatchObject({ outcome: 'failed', bytes: 0, integrity: 'none', failure: { code } });
  expect(record.attempts).toHaveLength(attempts);
});

test('an object ends in one record whatever became of it, and the others are fetched', async () => {
  const replies: Record<string, Reply> = {
    'data/1.pq': s3Error(404, 'NoSuchKey'),
    'data/3.pq': silence,
    'data/4.pq': cutAfter(body, 7),
  };
  server = await startScriptedServer((request) => replies[keyOf(request)] ?? asAsked(body));
  const objects = Array.from({ length: 6 }, (_, index) => objectOf(body, index));
  const records = await fetchAll(server.url, objects, {
    maxAttempts: 1,
    concurrency: 2,
    timeouts: shortTimeouts,
  });
  const outcomes = records.map(({ index, outcome }) => `${index} ${outcome}`);
  expect(outcomes.sort()).toEqual([
    '0 fetched',
    '1 failed',
    '2 fetched',
    '3 failed',
    '4 failed',
    '5 fetched',
  ]);
});

test('a record says when, how long and how sure', async () => {
  const before = Date.now();
  const record = await fetchOne([asAsked(body)], { partSizeBytes: 30_000, concurrency: 2 });
  expect(record).toMatchObject({
    version: 1,
    trial: 'concurrent-4-sdk#1',
    index: 0,
    key: 'data/0.pq',
    sizeBytes: body.length,
    bytes: body.length,
    integrity: 'etag',
    sandbox: 'sandbox-1',
    coldStart: false,
  });
  expect(record.startMs).toBeGreaterThanOrEqual(before - 1);
  expect(record.attempts.map(({ range }) => range)).toEqual([
    'bytes=0-29999',
    'bytes=30000-59999',
    'bytes=60000-89999',
    'bytes=90000-99999',
  ]);
  for (const { offsetMs, durationMs } of record.attempts)
    expect(offsetMs + durationMs).toBeLessThanOrEqual(record.durationMs + 0.01);
});

test('an object of no bytes is asked for without a range', async () => {
  const empty = Buffer.alloc(0);
  server = await startScriptedServer([asAsked(empty)]);
  const [record] = await fetchAll(server.url, [objectOf(empty)], { partSizeBytes: 10 });
  expect(record).toMatchObject({ outcome: 'fetched', bytes: 0, attempts: [{ range: null }] });
});

test('once a part has failed, the rest of the object is not asked for', async () => {
  const record = await fetchOne([asAsked(body), s3Error(403, 'AccessDenied')], {
    partSizeBytes: 10_000,
    concurrency: 1,
  });
  expect(record).toMatchObject({ outcome: 'failed', failure: { code: 'AccessDenied' }, bytes: 10_000 });
  expect(server.seen).toHaveLength(2);
});

test('no objects, no requests', async () => {
  server = await startScriptedServer([silence]);
  const records: FetchRecord[] = await fetchAll(server.url, []);
  expect(records).toEqual([]);
  for await (const record of fetchObjects([], optionsOf(clientOf(server.url)))) records.push(record);
  expect(server.seen).toHaveLength(0);
});

const keyOf = ({ line }: SeenRequest) => line.split(' ')[1]!.replace('/lake/', '').replace(/\?.*/, '');
