import { createHash, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { type ChecksumAlgorithm, createChecksum } from '../../../lib/fetch/checksum/create-checksum';
import type { FetchRecord } from '../../../lib/fetch/record';
import { headOf, type Manner, objectReply, properly } from './faulty-answers';
import { objectOf } from './fetch-from';
import { type ScriptedServer, startScriptedServer } from './scripted-server';
import { clientNames, clientTo, codesOf, fetchWith } from './two-clients';

const body = randomBytes(80_000);
let server: ScriptedServer;

afterEach(async () => {
  await server.allClosed();
  await server.close();
});

const checksumOf = (algorithm: ChecksumAlgorithm) => {
  const checksum = createChecksum(algorithm);
  checksum.update(body);
  return { [`x-amz-checksum-${algorithm}`]: checksum.digest() };
};
const cutAt =
  (bytes: number): Manner =>
  (socket, answer) => {
    socket.write(headOf(answer));
    socket.end(answer.bytes.subarray(0, bytes));
  };
const wrongAt =
  (at: number, manner: Manner): Manner =>
  (socket, answer) => {
    const bytes = Buffer.from(answer.bytes);
    bytes[at]! ^= 1;
    manner(socket, { ...answer, bytes });
  };

/** Answers in these manners, one after the other; a whole object comes with its checksum, as S3 sends it. */
async function fetchBroken(
  name: (typeof clientNames)[number],
  manners: Manner[],
  headers: Record<string, string> = checksumOf('crc32c'),
): Promise<FetchRecord & { received: Buffer }> {
  let n = 0;
  server = await startScriptedServer((request) =>
    objectReply(body, manners[n++] ?? properly, request.headers['range'] ? {} : headers),
  );
  const received = Buffer.alloc(body.length);
  const [record] = await fetchWith(clientTo(name, server.url), [objectOf(body)], {
    maxAttempts: 5,
    onBody: (_, chunk, offset) => received.set(chunk, offset),
  });
  return { ...record!, received };
}

const ranges = ({ attempts }: FetchRecord) => attempts.map(({ range }) => range);

test.each(['crc32', 'crc32c', 'crc64nvme'] as const)(
  'direct: both pieces together are compared with the %s that the first answer named',
  async (algorithm) => {
    const record = await fetchBroken('direct', [cutAt(33_333)], checksumOf(algorithm));
    expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length, integrity: 'crc' });
    expect(ranges(record)).toEqual([null, 'bytes=33333-79999']);
  },
);

// The SDK computes nothing over a body that breaks, and no hash can be put together from pieces.
test.each([
  ['sdk', 'crc32c'],
  ['sdk', 'sha256'],
  ['direct', 'sha256'],
] as const)('%s and %s: two pieces are not said to be more than they are', async (name, algorithm) => {
  const record = await fetchBroken(name, [cutAt(33_333)], checksumOf(algorithm));
  expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length, integrity: 'etag' });
  expect(record.received.equals(body)).toBe(true);
});

test.each<[string, Manner[], string[]]>([
  ['first', [wrongAt(5, cutAt(33_333))], ['ShortBody', 'ChecksumMismatch', 'null']],
  ['second', [cutAt(33_333), wrongAt(5, properly)], ['ShortBody', 'ChecksumMismatch', 'null']],
  [
    'third',
    [cutAt(20_000), cutAt(20_000), wrongAt(5, properly)],
    ['ShortBody', 'ShortBody', 'ChecksumMismatch', 'null'],
  ],
])(
  'direct: a wrong byte in the %s piece is found, and all is fetched again from zero',
  async (_, manners, codes) => {
    const record = await fetchBroken('direct', manners);
    expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length, integrity: 'crc' });
    expect(codesOf(record).map(String)).toEqual(codes);
    expect(ranges(record).at(-1)).toBeNull();
    expect(record.received.equals(body)).toBe(true);
  },
);

test.each(clientNames)('%s: a wrong byte each time fails, and no byte counts', async (name) => {
  const wrong = wrongAt(5, properly);
  const record = await fetchBroken(name, [wrong, wrong, wrong, wrong, wrong]);
  expect(record).toMatchObject({ outcome: 'failed', bytes: 0, failure: { code: 'ChecksumMismatch' } });
  expect(codesOf(record)).toEqual(Array(5).fill('ChecksumMismatch'));
});

test.each(clientNames)('%s: wherever it breaks, each byte comes once and at its place', async (name) => {
  const cuts = fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(cuts, async (lengths) => {
      const record = await fetchBroken(name, lengths.map(cutAt));
      expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length });
      expect(createHash('md5').update(record.received).digest('hex')).toBe(
        createHash('md5').update(body).digest('hex'),
      );
      expect(record.attempts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(body.length);
      await server.allClosed();
      await server.close();
    }),
    { numRuns: 15 },
  );
  server = await startScriptedServer([]);
});
