import { createHash, randomBytes } from 'node:crypto';
import type { GetOutcome, GetRequest } from '../../../lib/fetch/object-client';
import { clientOf, requestOf, shortTimeouts } from './fetch-from';
import { asAsked, cutAfter, etag, head, reset, stallAfter, whole } from './replies';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server';

const body = randomBytes(200_000);
const sha256 = createHash('sha256').update(body).digest('base64');
const checksum = { 'x-amz-checksum-sha256': sha256, 'x-amz-checksum-type': 'FULL_OBJECT' };
let server: ScriptedServer;

afterEach(async () => {
  await server.allClosed();
  await server.close();
});

async function get(reply: Reply, change: Partial<GetRequest> = {}): Promise<GetOutcome> {
  server = await startScriptedServer([reply]);
  const client = clientOf(server.url);
  const outcome = await client.get(requestOf(change));
  client.closeConnections();
  return outcome;
}

const range = { from: 0, to: 99 };
const ranged = { range, expectedBytes: 100 };
const contentRange = (text: string) => ({ 'content-range': text });

// Each with and without a checksum, as the SDK then hands out another kind of stream.
describe.each([
  ['plain', {}],
  ['with a checksum', checksum],
])('%s', (_, extra) => {
  test.each<[string, Reply, Partial<GetRequest>, string, number]>([
    ['200 to a Range', whole(body, extra), ranged, 'RangeIgnored', 0],
    [
      'another Content-Range',
      (socket) => void socket.write(head(206, 100, { ...contentRange('bytes 1-100/200000'), ...extra })),
      ranged,
      'ContentRangeMismatch',
      0,
    ],
    [
      'no Content-Range',
      (socket) => void socket.write(head(206, 100, extra)),
      ranged,
      'ContentRangeMismatch',
      0,
    ],
    ['a shorter object', whole(body.subarray(0, 10), extra), { expectedBytes: 11 }, 'ShortBody', 0],
    ['a longer object', whole(body, extra), { expectedBytes: 11 }, 'LongBody', 0],
    ['a body cut half way', cutAfter(body, 90_000, extra), {}, 'ConnectionReset', 90_000],
    [
      'a body that stops half way',
      stallAfter(body, 90_000, extra),
      { timeouts: shortTimeouts },
      'BodyStall',
      90_000,
    ],
  ])('%s fails', async (__, reply, change, code, bytes) => {
    const outcome = await get(reply, change);
    expect(outcome).toMatchObject({ bytes, checksumVerified: false, failure: { code } });
  });

  test('an answer that was refused gives its socket back', async () => {
    server = await startScriptedServer([whole(body, extra), asAsked(body)]);
    const client = clientOf(server.url, 1);
    const refused = await client.get(requestOf(ranged));
    const good = await client.get(requestOf(ranged));
    expect([refused.failure?.code, good.failure]).toEqual(['RangeIgnored', null]);
    client.closeConnections();
  });
});

const chunked =
  (sent: Buffer): Reply =>
  (socket) => {
    const start = `HTTP/1.1 200 OK\r\netag: ${etag}\r\ntransfer-encoding: chunked\r\n\r\n`;
    socket.write(start);
    socket.write(`${sent.length.toString(16)}\r\n`);
    socket.write(sent);
    socket.write('\r\n0\r\n\r\n');
  };

test.each([
  ['ShortBody', body.length + 1],
  ['LongBody', body.length - 1],
])('a body without Content-Length is counted: %s', async (code, expectedBytes) => {
  expect(await get(chunked(body), { expectedBytes })).toMatchObject({ failure: { code, phase: 'body' } });
});

test('a body without Content-Length that is as long as it should be is good', async () => {
  expect(await get(chunked(body), { expectedBytes: body.length })).toMatchObject({ failure: null });
});

test('a reset before the head', async () => {
  expect(await get(reset)).toMatchObject({
    status: null,
    failure: { code: 'ConnectionReset', phase: 'firstByte', retry: 'transient' },
  });
});

test('what is no HTTP at all', async () => {
  const outcome = await get((socket) => void socket.write('SSH-2.0-OpenSSH_9.6\r\n\r\n'));
  expect(outcome).toMatchObject({ status: null, failure: { code: 'Other' } });
});

test('a checksum that fits is said to be verified', async () => {
  expect(await get(whole(body, checksum))).toMatchObject({ checksumVerified: true, failure: null });
});

test('a checksum that does not fit fails the attempt', async () => {
  const wrong = createHash('sha256').update('other').digest('base64');
  expect(await get(whole(body, { ...checksum, 'x-amz-checksum-sha256': wrong }))).toMatchObject({
    checksumVerified: false,
    failure: { code: 'ChecksumMismatch', phase: 'body', retry: 'transient' },
  });
});

test.each([
  ['of the parts', { 'x-amz-checksum-sha256': `${sha256}-3`, 'x-amz-checksum-type': 'COMPOSITE' }],
  ['of the parts, its type unsaid', { 'x-amz-checksum-sha256': `${sha256}-3` }],
])('a checksum of the checksums %s is not said to be verified', async (_, headers) => {
  expect(await get(whole(body, headers))).toMatchObject({ checksumVerified: false, failure: null });
});

test('a checksum of the whole object is not compared with a range', async () => {
  expect(await get(asAsked(body), ranged)).toMatchObject({ checksumVerified: false, failure: null });
});
