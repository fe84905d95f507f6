import * as fc from 'fast-check';
import { combineCrc } from '../../../../lib/fetch/checksum/combine-crc';
import { type CrcAlgorithm, crcPolynomials } from '../../../../lib/fetch/checksum/crc-polynomials';
import { createChecksum } from '../../../../lib/fetch/checksum/create-checksum';
import { sampleBytes, views } from './sample-bytes';

const crcs: CrcAlgorithm[] = ['crc32', 'crc32c', 'crc64nvme'];

function crcOf(algorithm: CrcAlgorithm, ...pieces: Uint8Array[]): bigint {
  const checksum = createChecksum(algorithm);
  for (const piece of pieces) checksum.update(piece);
  return checksum.value();
}

describe.each(crcs)('combineCrc for %s', (algorithm) => {
  const { bits } = crcPolynomials[algorithm];
  const values = fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
  const lengths = fc.oneof(
    fc.nat(1_000),
    fc.maxSafeNat().map((length) => Math.floor(length / 2)),
  );

  test('of two pieces is that of the whole', () => {
    fc.assert(
      fc.property(views, views, (a, b) => {
        const combined = combineCrc(algorithm, crcOf(algorithm, a), crcOf(algorithm, b), b.length);
        expect(combined).toBe(crcOf(algorithm, a, b));
      }),
    );
  });

  test('of parts of 64 KiB, one after the other, is that of the object', () => {
    let whole = 0n;
    for (let at = 0; at < sampleBytes.length; at += 65_536) {
      const part = sampleBytes.subarray(at, at + 65_536);
      whole = combineCrc(algorithm, whole, crcOf(algorithm, part), part.length);
    }
    expect(whole).toBe(crcOf(algorithm, sampleBytes));
  });

  test('with nothing behind it or before it changes nothing', () => {
    fc.assert(
      fc.property(values, lengths, (value, length) => {
        expect(combineCrc(algorithm, value, 0n, 0)).toBe(value);
        expect(combineCrc(algorithm, 0n, value, length)).toBe(value);
      }),
    );
  });

  test('does not depend on how the parts are grouped, beyond 2^32 bytes too', () => {
    fc.assert(
      fc.property(values, values, values, lengths, lengths, (a, b, c, lengthB, lengthC) => {
        const left = combineCrc(algorithm, combineCrc(algorithm, a, b, lengthB), c, lengthC);
        const right = combineCrc(algorithm, a, combineCrc(algorithm, b, c, lengthC), lengthB + lengthC);
        expect(left).toBe(right);
      }),
      { numRuns: 50 },
    );
  });

  test('over 5 GiB of zeros is that of ten times half a GiB', () => {
    let byHalves = 1n;
    for (let n = 0; n < 10; n++) byHalves = combineCrc(algorithm, byHalves, 0n, 2 ** 29);
    expect(combineCrc(algorithm, 1n, 0n, 5 * 2 ** 30)).toBe(byHalves);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses the length %p', (length) => {
    expect(() => combineCrc(algorithm, 1n, 2n, length)).toThrow(RangeError);
  });
});
