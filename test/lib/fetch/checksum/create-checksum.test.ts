import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { CrcAlgorithm } from '../../../../lib/fetch/checksum/crc-polynomials';
import { checksumAlgorithms, createChecksum } from '../../../../lib/fetch/checksum/create-checksum';
import { sampleBytes, views } from './sample-bytes';
import { sdkDigest } from './sdk-crcs';

const crcs: CrcAlgorithm[] = ['crc32', 'crc32c', 'crc64nvme'];
const algorithms = fc.constantFrom(...checksumAlgorithms);

function digestOf(algorithm: (typeof checksumAlgorithms)[number], ...pieces: Uint8Array[]): string {
  const checksum = createChecksum(algorithm);
  for (const piece of pieces) checksum.update(piece);
  return checksum.digest();
}

/** Pieces of the bytes, cut at the given places. */
function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const at = [
    0,
    ...places.map((place) => Math.min(place, bytes.length)).toSorted((a, b) => a - b),
    bytes.length,
  ];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

test.each([
  ['crc32', 0xcbf43926n],
  ['crc32c', 0xe3069283n],
  ['crc64nvme', 0xae8b14860a799888n],
] as const)('%s of "123456789" is the published check value', (algorithm, check) => {
  const checksum = createChecksum(algorithm);
  checksum.update(Buffer.from('123456789'));
  expect(checksum.value()).toBe(check);
});

test.each(crcs)('%s of 32 bytes of zeros and of ones, and of nothing', async (algorithm) => {
  for (const bytes of [Buffer.alloc(32), Buffer.alloc(32, 0xff), Buffer.alloc(0)]) {
    expect(digestOf(algorithm, bytes)).toBe(await sdkDigest(algorithm, bytes));
  }
  expect(createChecksum(algorithm).value()).toBe(0n);
});

test.each([
  ['crc32', 'y/Q5Jg=='],
  ['crc32c', '4waSgw=='],
  ['crc64nvme', 'rosUhgp5mIg='],
] as const)('%s is written as S3 writes it: big-endian, base64', (algorithm, written) => {
  expect(digestOf(algorithm, Buffer.from('123456789'))).toBe(written);
});

test('a value with leading zeros keeps its length', () => {
  expect(digestOf('crc32')).toBe('AAAAAA==');
  expect(digestOf('crc64nvme')).toBe('AAAAAAAAAAA=');
});

test.each(crcs)('%s agrees with the SDK at any length and offset', async (algorithm) => {
  await fc.assert(
    fc.asyncProperty(views, async (bytes) => {
      expect(digestOf(algorithm, bytes)).toBe(await sdkDigest(algorithm, bytes));
    }),
    { numRuns: 150 },
  );
});

test.each(['sha1', 'sha256'] as const)('%s is node:crypto’s', (algorithm) => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(digestOf(algorithm, bytes)).toBe(createHash(algorithm).update(bytes).digest('base64'));
    }),
  );
});

test('however the bytes are cut, the digest is the same', () => {
  const places = fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 8 });
  fc.assert(
    fc.property(algorithms, views, places, (algorithm, bytes, places) => {
      expect(digestOf(algorithm, ...cut(bytes, places))).toBe(digestOf(algorithm, bytes));
    }),
  );
});

test('any flipped bit is noticed', () => {
  fc.assert(
    fc.property(algorithms, views, fc.nat(), fc.nat(7), (algorithm, bytes, at, bit) => {
      fc.pre(bytes.length > 0);
      const damaged = Uint8Array.from(bytes);
      damaged[at % bytes.length]! ^= 1 << bit;
      expect(digestOf(algorithm, damaged)).not.toBe(digestOf(algorithm, bytes));
    }),
  );
});

test('many run at once without touching one another', () => {
  const turns = fc.array(fc.tuple(fc.nat(11), views), { minLength: 20, maxLength: 40 });
  fc.assert(
    fc.property(turns, (turns) => {
      const running = Array.from({ length: 12 }, (_, n) =>
        createChecksum(checksumAlgorithms[n % checksumAlgorithms.length]!),
      );
      for (const [n, bytes] of turns) running[n]!.update(bytes);
      running.forEach((checksum, n) => {
        const own = turns.filter(([turn]) => turn === n).map(([, bytes]) => bytes);
        expect(checksum.digest()).toBe(digestOf(checksumAlgorithms[n % checksumAlgorithms.length]!, ...own));
      });
    }),
    { numRuns: 20 },
  );
});

test('the bytes given are left as they were', () => {
  const given = Uint8Array.from(sampleBytes);
  for (const algorithm of checksumAlgorithms) digestOf(algorithm, given);
  expect(Buffer.compare(given, sampleBytes)).toBe(0);
});

test.each(checksumAlgorithms)('%s may be asked between updates, and more than once', (algorithm) => {
  const [first, second] = cut(sampleBytes, [100_000]) as [Uint8Array, Uint8Array];
  const checksum = createChecksum(algorithm);
  checksum.update(first);
  expect(checksum.digest()).toBe(digestOf(algorithm, first));
  expect(checksum.digest()).toBe(digestOf(algorithm, first));
  checksum.update(second);
  expect(checksum.digest()).toBe(digestOf(algorithm, sampleBytes));
});
