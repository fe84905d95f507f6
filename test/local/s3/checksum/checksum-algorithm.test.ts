import * as fc from 'fast-check';
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  startChecksum,
} from '../../../../local/s3/checksum/checksum-algorithm';

const digest = (algorithm: ChecksumAlgorithm, ...pieces: Uint8Array[]) => {
  const running = startChecksum(algorithm);
  for (const piece of pieces) running.update(piece);
  return running.digest().toString('hex');
};

// The check values of reveng.sourceforge.io/crc-catalogue (CRCs) and FIPS 180 (SHAs) for "123456789".
test.each<[ChecksumAlgorithm, string]>([
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
  ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
])('%s has its published check value', (algorithm, expected) => {
  expect(digest(algorithm, Buffer.from('123456789'))).toBe(expected);
});

test('the pieces a body comes in do not matter', () => {
  const bodies = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(
      fc.constantFrom(...checksumAlgorithms),
      fc.array(bodies, { maxLength: 6 }),
      (algorithm, pieces) => {
        expect(digest(algorithm, ...pieces)).toBe(digest(algorithm, Buffer.concat(pieces)));
      },
    ),
  );
});

test('eight bytes at a time gives what one bit at a time gives', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(digest('CRC32C', bytes)).toBe(bitwise(bytes, 0x82f63b78n, 32n));
      expect(digest('CRC64NVME', bytes)).toBe(bitwise(bytes, 0x9a6c9329ac4bc9b5n, 64n));
    }),
  );
});

function bitwise(bytes: Uint8Array, reflectedPolynomial: bigint, width: bigint): string {
  const ones = (1n << width) - 1n;
  let state = ones;
  for (const byte of bytes) {
    state ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) state = (state >> 1n) ^ (state & 1n ? reflectedPolynomial : 0n);
  }
  return (state ^ ones).toString(16).padStart(Number(width / 4n), '0');
}
