import { randomBytes } from 'node:crypto';
import type { CrcAlgorithm } from '../../../lib/fetch/checksum/crc-polynomials';
import { createChecksum } from '../../../lib/fetch/checksum/create-checksum';
import type { ObjectToFetch } from '../../../lib/fetch/fetch-options';
import { flipped, objectReply, properly, withHeaders } from './faulty-answers';
import { objectOf } from './fetch-from';
import { s3Error } from './replies';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server';
import { clientNames, clientTo, codesOf, fetchWith } from './two-clients';

const body = randomBytes(100_000);
const partSizeBytes = 30_000;
const options = { partSizeBytes, verifyRanges: true, concurrency: 2 };
let server: ScriptedServer;

afterEach(async () => {
  await server.allClosed();
  await server.close();
});

const crcOf = (algorithm: CrcAlgorithm, bytes: Buffer) => {
  const checksum = createChecksum(algorithm);
  checksum.update(bytes);
  return checksum.digest();
};
const checksumHeader = (algorithm: CrcAlgorithm, type = 'FULL_OBJECT', bytes = body) => ({
  [`x-amz-checksum-${algorithm}`]: crcOf(algorithm, bytes),
  'x-amz-checksum-type': type,
});
const methods = () => server.seen.map(({ line }) => line.split(' ')[0]);
const serve = async (script: Parameters<typeof startScriptedServer>[0]) => {
  server = await startScriptedServer(script);
};
/** The checksum is told by the answer to HEAD, as S3 tells none with a range. */
const toldByHead =
  (headers: Record<string, string | number>, reply: Reply = objectReply(body)): Reply =>
  (socket, request) =>
    request.line.startsWith('HEAD ')
      ? objectReply(body, properly, headers)(socket, request)
      : reply(socket, request);
const isRange = (from: number) => (request: { headers: Record<string, string> }) =>
  request.headers['range']?.startsWith(`bytes=${from}-`) ?? false;

describe.each(clientNames)('%s', (name) => {
  const fetchOne = async (object: ObjectToFetch, change = {}) => {
    const [record] = await fetchWith(clientTo(name, server.url), [object], { ...options, ...change });
    return record!;
  };

  test.each<CrcAlgorithm>(['crc32', 'crc32c', 'crc64nvme'])(
    'the %s of the parts is compared with the whole',
    async (algorithm) => {
      await serve([toldByHead(checksumHeader(algorithm))]);
      expect(await fetchOne(objectOf(body))).toMatchObject({
        outcome: 'fetched',
        bytes: body.length,
        integrity: 'crc',
      });
      expect(methods()).toEqual(['HEAD', 'GET', 'GET', 'GET', 'GET']);
    },
  );

  test.each<CrcAlgorithm>(['crc32', 'crc32c', 'crc64nvme'])(
    'one bit that is wrong in one range: %s finds it',
    async (algorithm) => {
      await serve((request) =>
        toldByHead(
          checksumHeader(algorithm),
          objectReply(body, isRange(60_000)(request) ? flipped : properly),
        ),
      );
      const record = await fetchOne(objectOf(body));
      expect(record).toMatchObject({
        outcome: 'failed',
        integrity: 'none',
        failure: { code: 'ChecksumMismatch', phase: 'body' },
      });
      expect(codesOf(record)).toEqual([null, null, null, null, null]);
    },
  );

  test('a part that broke and was resumed adds up as well', async () => {
    let cuts = 0;
    const cut: Reply = (socket, request) =>
      objectReply(body, (to, answer) => {
        to.write(`HTTP/1.1 206 Status\r\n${headerLines(answer.headers)}\r\n`);
        to.end(answer.bytes.subarray(0, 12_345));
      })(socket, request);
    await serve((request) =>
      toldByHead(
        checksumHeader('crc64nvme'),
        isRange(30_000)(request) && cuts++ === 0 ? cut : objectReply(body),
      ),
    );
    const record = await fetchOne(objectOf(body));
    expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length, integrity: 'crc' });
    expect(record.attempts.map(({ range }) => range)).toContain('bytes=42345-59999');
  });

  test.each<[string, Record<string, string>]>([
    ['COMPOSITE', checksumHeader('crc32', 'COMPOSITE')],
    ['of another kind', { 'x-amz-checksum-sha256': Buffer.alloc(32).toString('base64') }],
    ['that is missing', {}],
  ])('with a checksum %s the ETag is what was checked', async (_, headers) => {
    await serve([toldByHead(headers)]);
    expect(await fetchOne(objectOf(body))).toMatchObject({
      outcome: 'fetched',
      integrity: 'etag',
      failure: null,
    });
  });

  test.each<[string, ObjectToFetch, boolean, string[]]>([
    ['verified', objectOf(body), true, ['HEAD', 'GET', 'GET', 'GET', 'GET']],
    ['not verified', objectOf(body), false, ['GET', 'GET', 'GET', 'GET']],
    ['of unknown size', { ...objectOf(body), sizeBytes: null }, false, ['HEAD', 'GET', 'GET', 'GET', 'GET']],
    ['of unknown version', { ...objectOf(body), etag: null }, false, ['HEAD', 'GET', 'GET', 'GET', 'GET']],
  ])('%s: what is asked', async (_, object, verifyRanges, expected) => {
    await serve([objectReply(body)]);
    expect(await fetchOne(object, { verifyRanges })).toMatchObject({
      outcome: 'fetched',
      sizeBytes: body.length,
    });
    expect(methods()).toEqual(expected);
  });

  test.each<[string, number, ObjectToFetch['sizeBytes'], string[]]>([
    ['an empty object', 0, 0, ['GET']],
    ['an empty object of unknown size', 0, null, ['HEAD', 'GET']],
    ['exactly one part', partSizeBytes, partSizeBytes, ['GET']],
    ['a part and a byte', partSizeBytes + 1, partSizeBytes + 1, ['HEAD', 'GET', 'GET']],
    ['exactly two parts, of unknown size', 2 * partSizeBytes, null, ['HEAD', 'GET', 'GET']],
  ])('%s', async (_, size, sizeBytes, expected) => {
    const object = body.subarray(0, size);
    const headers = checksumHeader('crc32', 'FULL_OBJECT', object);
    await serve((request) =>
      objectReply(object, properly, request.headers['range'] === undefined ? headers : {}),
    );
    expect(await fetchOne({ ...objectOf(object), sizeBytes })).toMatchObject({
      outcome: 'fetched',
      bytes: size,
      sizeBytes: size,
      integrity: 'crc',
    });
    expect(methods()).toEqual(expected);
    expect(server.seen.filter(({ headers: { range } }) => range !== undefined)).toHaveLength(
      expected.filter((method) => method === 'GET').length > 1 ? 2 : 0,
    );
  });

  test('an object that is replaced between its ranges changes no byte of it: it fails', async () => {
    const given: string[] = [];
    const after = Buffer.alloc(body.length, 'z');
    // Does not know If-Match, as some proxies do not.
    await serve((request) => {
      if (request.headers['range']) given.push(request.headers['range']);
      return given.length < 3 ? objectReply(body) : objectReply(after, withHeaders({ etag: '"new"' }));
    });
    const bytes: Buffer[] = [];
    const record = await fetchOne(objectOf(body), {
      concurrency: 1,
      onBody: (_: unknown, chunk: Uint8Array) => bytes.push(Buffer.from(chunk)),
    });
    expect(record).toMatchObject({ outcome: 'failed', bytes: 60_000, failure: { code: 'ObjectChanged' } });
    expect(Buffer.concat(bytes).equals(body.subarray(0, 60_000))).toBe(true);
    expect(record.attempts).toHaveLength(4);
  });

  test('an object that is not as long as it was is not fetched in part', async () => {
    await serve([objectReply(body)]);
    const object = { ...objectOf(body.subarray(0, 70_000)), etag: null };
    expect((await fetchOne(object)).failure).toMatchObject({ code: 'ObjectChanged' });
    expect(methods()).toEqual(['HEAD']);
  });

  test.each([
    [404, 'NoSuchKey', 1],
    [403, 'AccessDenied', 1],
    [500, 'InternalError', 3],
    [503, 'SlowDown', 3],
  ])('a HEAD that ends in %i is the record', async (status, code, attempts) => {
    await serve([(socket) => void socket.write(`HTTP/1.1 ${status} Status\r\ncontent-length: 90\r\n\r\n`)]);
    const record = await fetchOne(objectOf(body));
    expect(record).toMatchObject({ outcome: 'failed', bytes: 0, failure: { code } });
    expect(record.attempts).toHaveLength(attempts);
    expect(methods()).toEqual(Array(attempts).fill('HEAD'));
  });

  test('a key that was missing from the plan is asked for once, without a HEAD', async () => {
    await serve([s3Error(403, 'AccessDenied')]);
    const record = await fetchOne({ ...objectOf(null), missing: true });
    expect(record.failure).toMatchObject({ code: 'NoSuchKey' });
    expect(methods()).toEqual(['GET']);
  });
});

const headerLines = (headers: Record<string, string | number>) =>
  Object.entries(headers)
    .map(([key, value]) => `${key}: ${value}\r\n`)
    .join('');
