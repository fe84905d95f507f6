import type { GetRequest } from '../../../../lib/fetch/object-client';
import { etag, head, requestId, reset, s3Error, whole } from '../replies';
import { type Reply, startScriptedServer } from '../scripted-server';
import { directTo, requestOf, sumOfPhases } from './direct-to';

const body = Buffer.from('0123456789');
const says =
  (text: string): Reply =>
  (socket) =>
    void socket.write(text);
const saysAndCloses =
  (text: string): Reply =>
  (socket) =>
    void socket.end(text);
const ranged = { range: { from: 2, to: 5 }, expectedBytes: 4 } satisfies Partial<GetRequest>;
const part = (range: string, length: number, text: string) =>
  says(head(206, length, { 'content-range': range }) + text);
const xml = '<?xml version="1.0"?><Error><Code>InternalError</Code><Message>oops</Message></Error>';

/** One request to a server with one reply; everything is closed at the end. */
async function ask(reply: Reply, change: Partial<GetRequest> = {}) {
  const server = await startScriptedServer([reply]);
  const client = directTo(server.url);
  let received = '';
  const onBody = (chunk: Uint8Array) => {
    received += Buffer.from(chunk).toString('latin1');
  };
  const outcome = await client.get(requestOf({ onBody, ...change }));
  expect(sumOfPhases(outcome)).toBeCloseTo(outcome.durationMs, 6);
  client.closeConnections();
  await server.allClosed();
  await server.close();
  return { ...outcome, received };
}

test.each<[string, Reply, Partial<GetRequest>, string]>([
  ['the whole object', whole(body), { expectedBytes: 10 }, '0123456789'],
  ['a part', part('bytes 2-5/10', 4, '2345'), ranged, '2345'],
  [
    'a part to the end',
    part('bytes 8-9/10', 2, '89'),
    { range: { from: 8, to: null }, expectedBytes: 2 },
    '89',
  ],
  ['an empty object', whole(Buffer.alloc(0)), { expectedBytes: 0 }, ''],
  [
    'chunks',
    says(
      `HTTP/1.1 200 OK\r\netag: ${etag}\r\ntransfer-encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n`,
    ),
    { expectedBytes: 10 },
    '0123456789',
  ],
  [
    'a body that ends with its connection',
    saysAndCloses(`HTTP/1.1 200 OK\r\netag: ${etag}\r\n\r\n0123456789`),
    { expectedBytes: 10 },
    '0123456789',
  ],
  [
    'XML that is an object',
    says('HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\ncontent-length: 4\r\n\r\n<a/>'),
    { expectedBytes: 4 },
    '<a/>',
  ],
  [
    'XML that is an object, though it reads like an error',
    says(head(200, xml.length, { 'content-type': 'application/xml' }) + xml),
    { expectedBytes: xml.length },
    xml,
  ],
])('%s is fetched', async (_, reply, change, received) => {
  const outcome = await ask(reply, change);
  expect(outcome).toMatchObject({ failure: null, received, bytes: received.length, address: '127.0.0.1' });
});

test('what the head says is kept', async () => {
  expect(await ask(whole(body))).toMatchObject({ status: 200, requestId, etag, reused: false });
});

test.each<[string, Reply, Partial<GetRequest>, string, string]>([
  ['no such key', s3Error(404, 'NoSuchKey'), {}, 'NoSuchKey', 'no'],
  ['access denied', s3Error(403, 'AccessDenied'), {}, 'AccessDenied', 'no'],
  ['a storage class', s3Error(403, 'InvalidObjectState'), {}, 'Archived', 'no'],
  ['another version', s3Error(412, 'PreconditionFailed'), { etag }, 'ObjectChanged', 'no'],
  ['slow down', s3Error(503, 'SlowDown'), {}, 'SlowDown', 'throttled'],
  ['an internal error', s3Error(500, 'InternalError'), {}, 'InternalError', 'transient'],
  ['a page of HTML', says(head(502, 20) + '<html>no way</html>\n'), {}, 'InternalError', 'transient'],
  [
    'an error without an end',
    says(`${head(503, 5_000)}<Error><Code>SlowDown</Code>`),
    {},
    'SlowDown',
    'throttled',
  ],
  ['an endless error', says(head(503, 1e9) + 'x'.repeat(100_000)), {}, 'SlowDown', 'throttled'],
  [
    'an error in a 200',
    says(`HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\ncontent-length: ${xml.length}\r\n\r\n${xml}`),
    { expectedBytes: 10 },
    'InternalError',
    'transient',
  ],
  ['the whole in place of a part', whole(body), ranged, 'RangeIgnored', 'no'],
  ['another part', part('bytes 3-6/10', 4, '3456'), ranged, 'ContentRangeMismatch', 'no'],
  ['a part that is no part', part('bytes x', 4, '2345'), ranged, 'ContentRangeMismatch', 'no'],
  ['a part of another length', part('bytes 2-5/10', 3, '234'), ranged, 'ContentRangeMismatch', 'no'],
  ['a part that nobody asked for', part('bytes 2-5/10', 4, '2345'), {}, 'ContentRangeMismatch', 'no'],
  ['another ETag', whole(body), { etag: '"other"' }, 'ObjectChanged', 'no'],
  ['an object that is too short', whole(body), { expectedBytes: 11 }, 'ShortBody', 'no'],
  ['an object that is too long', whole(body), { expectedBytes: 9 }, 'LongBody', 'no'],
  ['a byte too many', says(`${head(200, 10)}0123456789!`), { expectedBytes: 10 }, 'LongBody', 'no'],
  ['a FIN in the body', saysAndCloses(`${head(200, 10)}01234`), {}, 'ShortBody', 'transient'],
  [
    'a FIN in a body without a length',
    saysAndCloses(`HTTP/1.1 200 OK\r\netag: ${etag}\r\n\r\n01234`),
    { expectedBytes: 10 },
    'ShortBody',
    'transient',
  ],
  [
    'a FIN among chunks',
    saysAndCloses(`HTTP/1.1 200 OK\r\netag: ${etag}\r\ntransfer-encoding: chunked\r\n\r\na\r\n012`),
    {},
    'ConnectionReset',
    'transient',
  ],
  [
    'more chunks than bytes are due',
    says(`HTTP/1.1 200 OK\r\netag: ${etag}\r\ntransfer-encoding: chunked\r\n\r\na\r\n0123456789\r\n`),
    { expectedBytes: 9 },
    'LongBody',
    'no',
  ],
  ['a reset before the head', reset, {}, 'ConnectionReset', 'transient'],
  ['a FIN before the head', (socket) => void socket.end(), {}, 'ConnectionReset', 'transient'],
  ['garbage', says('SSH-2.0-OpenSSH_9.6\r\n\r\n'), {}, 'Other', 'transient'],
  ['an endless head', says(`HTTP/1.1 200 OK\r\na: ${'x'.repeat(100_000)}`), {}, 'Other', 'transient'],
  ['204', says('HTTP/1.1 204 No Content\r\n\r\n'), {}, 'Other', 'no'],
  ['304', says('HTTP/1.1 304 Not Modified\r\n\r\n'), {}, 'Other', 'no'],
])('%s: named', async (_, reply, change, code, retry) => {
  const outcome = await ask(reply, change);
  expect(outcome.failure).toMatchObject({ code, retry });
});

test('a reset in the body keeps what had come', async () => {
  const cut: Reply = (socket) => {
    socket.write(`${head(200, 10)}01234`, () => setTimeout(() => socket.resetAndDestroy(), 20));
  };
  expect(await ask(cut)).toMatchObject({
    bytes: 5,
    received: '01234',
    failure: { code: 'ConnectionReset', phase: 'body', retry: 'transient' },
  });
});

test('of a page of HTML nothing is shown', async () => {
  const { failure } = await ask(says(head(502, 20) + '<html>no way</html>\n'));
  expect(failure?.message).toBe('the answer has the status 502');
});

test('an error counts no bytes, gives its consumer none and leaves its connection usable', async () => {
  const server = await startScriptedServer([s3Error(404, 'NoSuchKey'), whole(body)]);
  const client = directTo(server.url);
  const onBody = jest.fn();
  expect(await client.get(requestOf({ onBody }))).toMatchObject({ bytes: 0, requestId, status: 404 });
  expect(onBody).not.toHaveBeenCalled();
  expect(await client.get(requestOf())).toMatchObject({ failure: null, reused: true });
  client.closeConnections();
  await server.close();
});

test('a consumer that throws ends the request, not the process', async () => {
  const onBody = () => {
    throw new Error('disk full');
  };
  const { failure } = await ask(whole(body), { onBody });
  expect(failure).toMatchObject({ code: 'Other', phase: 'body', retry: 'no' });
  expect(failure?.message).toContain('disk full');
});

test.each<[string, Partial<GetRequest>, string]>([
  ['an empty key', { key: '' }, 'InvalidKey'],
  ['a lone surrogate', { key: 'a\udc00' }, 'InvalidKey'],
  ['an empty bucket', { bucket: '' }, 'NoSuchBucket'],
  ['an ETag that would break out of its header', { etag: 'a\r\nx: y' }, 'Other'],
])('%s: nothing is sent', async (_, change, code) => {
  const server = await startScriptedServer([whole(body)]);
  const client = directTo(server.url);
  const outcome = await client.get(requestOf(change));
  expect(outcome.failure).toMatchObject({ code, retry: 'no' });
  expect(server.seen).toEqual([]);
  await server.close();
});
