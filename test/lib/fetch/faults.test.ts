import { randomBytes } from 'node:crypto';
import type { Integrity } from '../../../lib/fetch/record';
import { halfThen, headOf, type Manner, objectReply, properly, withHeaders } from './faulty-answers';
import { objectOf, shortTimeouts } from './fetch-from';
import { etag, reset, s3Error, silence } from './replies';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server';
import { clientNames, clientTo, codesOf, fetchWith } from './two-clients';

const body = randomBytes(90_000);
const partSizeBytes = 30_000;
let server: ScriptedServer;

afterEach(async () => {
  await server.allClosed();
  await server.close();
});

const says =
  (reply: Reply): Manner =>
  (socket) =>
    reply(socket, { line: '', headers: {}, connection: 0 });
const error = (status: number, code: string) => says(s3Error(status, code));
let whenReceived: { bytes: number; act: () => void } | null = null;
// Only when the half was read: bytes that come together with a reset look like an end (libuv, on POLLHUP).
const resetInBody: Manner = (socket, answer) => {
  whenReceived = { bytes: answer.bytes.length / 2, act: () => socket.resetAndDestroy() };
  halfThen(() => {})(socket, answer);
};
function onReceived(bytes: number): void {
  if (!whenReceived || (whenReceived.bytes -= bytes) > 0) return;
  whenReceived.act();
  whenReceived = null;
}
const page: Manner = (socket) =>
  void socket.write(
    `${headOf({ status: 500, headers: { 'content-length': 19, 'content-type': 'text/html' } })}<html>no way</html>`,
  );
const errorIn200: Manner = (socket) => {
  const xml = '<?xml version="1.0"?><Error><Code>InternalError</Code><Message>oops</Message></Error>';
  const headers = { 'content-type': 'application/xml', 'content-length': xml.length };
  socket.write(headOf({ status: 200, headers }) + xml);
};
const chunkedCut: Manner = (socket, { status, headers, bytes }) => {
  const { 'content-length': _, ...others } = headers;
  socket.write(headOf({ status, headers: { ...others, 'transfer-encoding': 'chunked' } }));
  socket.write(`${bytes.length.toString(16)}\r\n`);
  socket.end(bytes.subarray(0, bytes.length / 2));
};
const byteLonger: Manner = (socket, { status, headers, bytes }) =>
  properly(socket, {
    status,
    headers: { ...headers, 'content-length': bytes.length + 1 },
    bytes: Buffer.concat([bytes, Buffer.from('!')]),
  });
const byteShorter: Manner = (socket, { status, headers, bytes }) =>
  properly(socket, {
    status,
    headers: { ...headers, 'content-length': bytes.length - 1 },
    bytes: bytes.subarray(1),
  });
const wholeForRange: Manner = (socket) =>
  properly(socket, { status: 200, headers: { 'content-length': body.length, etag }, bytes: body });
const trickles: Manner = (socket, answer) => {
  socket.write(headOf(answer));
  const timer = setInterval(() => socket.write('x'), 10);
  socket.once('close', () => clearInterval(timer));
};

interface Expected {
  code: string | null;
  /** The attempts of the request that met the fault. */
  attempts: (string | null)[];
  integrity?: Integrity;
}
const fine = (...attempts: string[]): Expected => ({ code: null, attempts: [...attempts, null] });
const thrice = (code: string): Expected => ({ code, attempts: [code, code, code] });
const once = (code: string): Expected => ({ code, attempts: [code] });

type Case = [fault: string, manner: Manner, times: number, direct: Expected, sdk?: Expected];

// The second expectation is the SDK's, where that cannot tell as much.
const everywhere: Case[] = [
  ['503 once', error(503, 'SlowDown'), 1, fine('SlowDown')],
  ['503 always', error(503, 'SlowDown'), 9, thrice('SlowDown')],
  ['500 once', error(500, 'InternalError'), 1, fine('InternalError')],
  ['500 always', error(500, 'InternalError'), 9, thrice('InternalError')],
  ['a page of HTML', page, 9, thrice('InternalError')],
  ['a reset before the head', says(reset), 1, fine('ConnectionReset')],
  ['a reset in the body', resetInBody, 1, fine('ConnectionReset')],
  [
    'a FIN in the body',
    halfThen((socket) => void socket.end()),
    1,
    fine('ShortBody'),
    fine('ConnectionReset'),
  ],
  ['chunks that are cut', chunkedCut, 1, fine('ConnectionReset')],
  ['chunks that are always cut', chunkedCut, 9, thrice('ConnectionReset')],
  ['an error inside a 200', errorIn200, 1, fine('InternalError')],
  ['another ETag', withHeaders({ etag: '"other"' }), 1, once('ObjectChanged')],
  ['another version by If-Match', error(412, 'PreconditionFailed'), 1, once('ObjectChanged')],
  ['no such key', error(404, 'NoSuchKey'), 1, once('NoSuchKey')],
  ['access denied', error(403, 'AccessDenied'), 1, once('AccessDenied')],
  ['a key of KMS that may not be used', error(403, 'AccessDeniedException'), 1, once('AccessDenied')],
  ['an archive', error(403, 'InvalidObjectState'), 1, once('Archived')],
  ['another region, unnamed', error(301, 'PermanentRedirect'), 1, once('WrongRegion')],
  ['silence', says(silence), 9, thrice('FirstByteTimeout')],
  ['a stall', halfThen(() => {}), 1, fine('BodyStall')],
  ['a trickle', trickles, 9, thrice('BodyStall')],
  ['a head of 20 KB', withHeaders({ 'x-amz-meta-a': 'x'.repeat(20_000) }), 9, fine(), once('Other')],
  [
    'an expired token',
    error(400, 'ExpiredToken'),
    9,
    { code: 'ExpiredToken', attempts: ['ExpiredToken', 'ExpiredToken'] },
    once('ExpiredToken'),
  ],
  ['a clock that is wrong', error(403, 'RequestTimeTooSkewed'), 9, once('ClockSkew')],
];
const whole: Case[] = [
  ['a byte more than is due', byteLonger, 1, once('LongBody')],
  ['a byte less than is due', byteShorter, 1, once('ShortBody')],
  ['no ETag', withHeaders({ etag: null }), 9, { ...fine(), integrity: 'length' }],
];
const ranged: Case[] = [
  ['a byte more than is due', byteLonger, 1, once('ContentRangeMismatch')],
  ['a byte less than is due', byteShorter, 1, once('ContentRangeMismatch')],
  ['no ETag', withHeaders({ etag: null }), 9, once('ObjectChanged')],
  ['the whole object for a range', wholeForRange, 9, once('RangeIgnored')],
  [
    'another Content-Range',
    withHeaders({ 'content-range': 'bytes 0-29999/90000' }),
    9,
    once('ContentRangeMismatch'),
  ],
  ['no Content-Range', withHeaders({ 'content-range': null }), 9, once('ContentRangeMismatch')],
];

const cases = clientNames.flatMap((name) =>
  [
    ...[...everywhere, ...whole].map((each) => ['whole', ...each] as const),
    ...[...everywhere, ...ranged].map((each) => ['ranged', ...each] as const),
  ].map(([how, fault, manner, times, direct, sdk]) => ({
    name,
    how,
    fault,
    manner,
    times,
    expected: name === 'sdk' && sdk ? sdk : direct,
  })),
);

test.each(cases)('$name, $how: $fault', async ({ name, how, manner, times, expected }) => {
  // Of ranges the second one meets the fault.
  const first = how === 'whole' ? 0 : 1;
  let n = 0;
  server = await startScriptedServer(() => {
    const at = n++;
    return objectReply(body, at >= first && at < first + times ? manner : properly);
  });
  const [record, ...others] = await fetchWith(clientTo(name, server.url), [objectOf(body)], {
    partSizeBytes: how === 'whole' ? null : partSizeBytes,
    concurrency: 1,
    timeouts: shortTimeouts,
    onBody: (_, chunk) => onReceived(chunk.length),
  });
  expect(others).toEqual([]);
  const { code, attempts, integrity = 'etag' } = expected;
  const fetched = code === null;
  expect(record!.failure?.code ?? null).toBe(code);
  const codes = codesOf(record!);
  expect(codes).toEqual([...Array(first).fill(null), ...attempts, ...(fetched && first ? [null] : [])]);
  expect(record!.outcome).toBe(fetched ? 'fetched' : 'failed');
  expect(record!.failure?.message ?? '').not.toContain('<');
  expect(server.seen).toHaveLength(record!.attempts.length);
  expect(record!.integrity).toBe(fetched ? integrity : 'none');
  if (fetched) expect(record!.bytes).toBe(body.length);
  else expect(record!.bytes).toBeLessThan(body.length);
});
