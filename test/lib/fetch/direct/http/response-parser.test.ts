import * as fc from 'fast-check';
import { cutAt, readAnswer } from './read-answer';

const read = (text: string, ends = false) => readAnswer([Buffer.from(text, 'latin1')], ends);

test.each([
  ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: "e"\r\n\r\nhello', true],
  [
    'chunks',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\netag:"e"\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n',
    true,
  ],
  [
    'chunk extensions and trailers',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\netag: "e" \r\n\r\n05;a="b"\r\nhello\r\n0;z\r\nx-a: 1\r\nx-b: 2\r\n\r\n',
    true,
  ],
  [
    'earlier 1xx answers',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 \r\nlink: x\r\n\r\nHTTP/1.1 200\r\ncontent-length: 5\r\netag: "e"\r\n\r\nhello',
    true,
  ],
  [
    'Connection: close',
    'HTTP/1.1 200 OK\r\nconnection: x, Close\r\ncontent-length: 5\r\netag: "e"\r\n\r\nhello',
    false,
  ],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 5\r\netag: "e"\r\n\r\nhello', false],
  [
    'HTTP/1.0 that is kept alive',
    'HTTP/1.0 200 OK\r\nconnection: Keep-Alive\r\ncontent-length: 5\r\netag: "e"\r\n\r\nhello',
    true,
  ],
])('%s: a whole body', (_, text, reusable) => {
  expect(read(text)).toEqual({
    status: 200,
    etag: '"e"',
    body: 'hello',
    end: 'whole',
    reusable,
    surplus: false,
  });
});

test('a body without a length goes on until the peer closes, and is not known to be whole before', () => {
  const text = 'HTTP/1.1 200 OK\r\n\r\nhello';
  expect(read(text)).toMatchObject({ body: 'hello', end: 'unfinished' });
  expect(read(text, true)).toMatchObject({ body: 'hello', end: 'whole', reusable: false });
});

test.each([204, 304])('%i has no body, whatever its headers say', (status) => {
  expect(read(`HTTP/1.1 ${status} x\r\ncontent-length: 5\r\n\r\n`)).toMatchObject({
    status,
    body: '',
    end: 'whole',
  });
});

test('HEAD has no body', () => {
  const head = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n');
  expect(readAnswer([head], false, 'HEAD')).toMatchObject({ body: '', end: 'whole', reusable: true });
});

test.each([
  ['a length', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhell'],
  ['a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhell'],
  ['the last chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n'],
  ['the trailers', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n'],
  ['the head', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n'],
])('the peer closes within %s: cut', (_, text) => {
  expect(read(text, true).end).toBe('cut');
});

test('bytes after a body of known length are surplus, and the connection is not used again', () => {
  const answer = read('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello!');
  expect(answer).toMatchObject({ body: 'hello', end: 'whole', reusable: false, surplus: true });
});

test('bytes after the last chunk do not belong to the body, but the connection is not used again', () => {
  const answer = read('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nHTTP/1.1');
  expect(answer).toMatchObject({ end: 'whole', reusable: false, surplus: false });
});

test.each([
  ['no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
  ['HTTP/2', 'HTTP/2.0 200 OK\r\n\r\n'],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
  ['a folded header', 'HTTP/1.1 200 OK\r\na: b\r\n c\r\ncontent-length: 0\r\n\r\n'],
  ['a blank before the colon', 'HTTP/1.1 200 OK\r\ncontent-length : 0\r\n\r\n'],
  ['a header without a name', 'HTTP/1.1 200 OK\r\n: 0\r\n\r\n'],
  ['a header without a colon', 'HTTP/1.1 200 OK\r\ncontent-length\r\n\r\n'],
  ['NUL in a header', 'HTTP/1.1 200 OK\r\na: \0\r\n\r\n'],
  ['a bare CR in a header', 'HTTP/1.1 200 OK\r\na: b\rcontent-length: 0\r\n\r\n'],
  ['a bare LF in a header', 'HTTP/1.1 200 OK\r\na: b\ncontent-length: 0\r\n\r\n'],
  ['a change of protocol', 'HTTP/1.1 101 Switching\r\nupgrade: h2c\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n'],
  ['the same length twice', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\nContent-Length: 5\r\n\r\n'],
  ['two lengths in one', 'HTTP/1.1 200 OK\r\ncontent-length: 5, 5\r\n\r\n'],
  ['a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n'],
  ['a length with a sign', 'HTTP/1.1 200 OK\r\ncontent-length: +5\r\n\r\n'],
  ['a hexadecimal length', 'HTTP/1.1 200 OK\r\ncontent-length: 0x5\r\n\r\n'],
  ['an empty length', 'HTTP/1.1 200 OK\r\ncontent-length:\r\n\r\n'],
  ['a length beyond exact numbers', 'HTTP/1.1 200 OK\r\ncontent-length: 9999999999999999\r\n\r\n'],
  ['a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n'],
  ['an unknown coding', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n'],
  ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'],
  ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\r\n'],
  ['a chunk with a negative size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-1\r\n'],
  ['a chunk with a blank after its size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5 \r\nhello'],
  ['a chunk too large', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffff\r\n'],
  ['a chunk ended by LF alone', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\nhello'],
  ['a chunk longer than its size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhello\r\n'],
  ['a folded trailer', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\na: b\r\n c\r\n\r\n'],
  ['a trailer without a colon', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\nabc\r\n\r\n'],
  ['NUL in a chunk extension', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;\0\r\nhello'],
  [
    'endless chunk extensions',
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;${'x'.repeat(20_000)}`,
  ],
  ['an endless head', `HTTP/1.1 200 OK\r\na: ${'x'.repeat(40_000)}`],
  ['a head that is too long', `HTTP/1.1 200 OK\r\na: ${'x'.repeat(32_768)}\r\n\r\n`],
  ['too many headers', `HTTP/1.1 200 OK\r\n${'a:\r\n'.repeat(201)}\r\n`],
])('%s is refused', (_, text) => {
  expect(read(text).end).toBe('malformed');
});

test('20 KB of headers are read', () => {
  const text = `HTTP/1.1 200 OK\r\nx-amz-meta-a: ${'x'.repeat(20_000)}\r\ncontent-length: 0\r\n\r\n`;
  expect(read(text)).toMatchObject({ status: 200, end: 'whole' });
});

const body = fc.string({ unit: 'binary-ascii', maxLength: 2_000 });
const pieces = fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 60 }), { maxLength: 10 });
const answers = fc.oneof(
  body.map((text) => `HTTP/1.1 206 Partial\r\nETag: "x"\r\nContent-Length: ${text.length}\r\n\r\n${text}`),
  pieces.map(
    (texts) =>
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nETag: "x"\r\nTransfer-Encoding: chunked\r\n\r\n' +
      texts.map((text) => `${text.length.toString(16)};ext\r\n${text}\r\n`).join('') +
      '0\r\nx-trailer: 1\r\n\r\n',
  ),
  body.map((text) => `HTTP/1.1 200 OK\r\nETag: "x"\r\n\r\n${text}`),
  body,
);
const places = fc.array(fc.nat(), { maxLength: 20 });

test('however the bytes are cut, the answer is the same', () => {
  fc.assert(
    fc.property(
      answers,
      fc.string({ unit: 'binary-ascii', maxLength: 3 }),
      fc.boolean(),
      places,
      (text, more, ends, at) => {
        const bytes = Buffer.from(text, 'latin1');
        const whole = readAnswer([bytes], ends);
        const everyByte = cutAt(
          bytes,
          Array.from({ length: bytes.length }, (_, n) => n),
        );
        expect(readAnswer(cutAt(bytes, at), ends)).toEqual(whole);
        expect(readAnswer(everyByte, ends)).toEqual(whole);
        // What follows an answer never changes what was read of it.
        if (whole.end === 'whole' && whole.status === 206)
          expect(readAnswer([bytes, Buffer.from(more)], ends)).toMatchObject({
            body: whole.body,
            end: 'whole',
          });
      },
    ),
  );
});

test('random bytes are refused or waited on, never a crash', () => {
  const starts = fc.constantFrom(
    '',
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n',
  );
  const tokens = fc.constantFrom(
    '\r',
    '\n',
    '\r\n',
    '\r\n\r\n',
    ':',
    ' ',
    '0',
    'a',
    ';',
    '\0',
    'content-length: 3',
  );
  const rest = fc.oneof(
    fc.array(tokens, { maxLength: 30 }).map((all) => all.join('')),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
  fc.assert(
    fc.property(starts, rest, places, (start, end, at) => {
      const answer = readAnswer(cutAt(Buffer.from(start + end, 'latin1'), at), true);
      expect(['whole', 'cut', 'malformed']).toContain(answer.end);
    }),
    { numRuns: 1_000 },
  );
});
