import { type CrcAlgorithm, crcPolynomials } from './crc-polynomials';

/** The CRC of two pieces one after the other, from theirs and the second one's length in bytes. */
export function combineCrc(algorithm: CrcAlgorithm, a: bigint, b: bigint, lengthB: number): bigint {
  if (!Number.isSafeInteger(lengthB) || lengthB < 0) throw new RangeError(`no length in bytes: ${lengthB}`);
  let shifted = a;
  let rest = BigInt(lengthB);
  for (let power = 0; rest > 0n; power++, rest >>= 1n) {
    if (rest & 1n) shifted = multiply(algorithm, shifted, shiftBy(algorithm, power));
  }
  return shifted ^ b;
}

const shifts: Record<CrcAlgorithm, bigint[]> = { crc32: [], crc32c: [], crc64nvme: [] };

/** x to the power of 8 · 2^power: the effect of that many zero bytes. */
function shiftBy(algorithm: CrcAlgorithm, power: number): bigint {
  const known = shifts[algorithm];
  known[0] ??= 1n << BigInt(crcPolynomials[algorithm].bits - 1 - 8);
  for (let last = known.length - 1; last < power; last++) {
    known.push(multiply(algorithm, known[last]!, known[last]!));
  }
  return known[power]!;
}

/** The product of two polynomials over GF(2), both with the lowest power in the highest bit. */
function multiply(algorithm: CrcAlgorithm, a: bigint, b: bigint): bigint {
  const { bits, reflected } = crcPolynomials[algorithm];
  let product = 0n;
  let timesX = b;
  for (let bit = BigInt(bits - 1); bit >= 0n; bit--) {
    if ((a >> bit) & 1n) product ^= timesX;
    timesX = (timesX >> 1n) ^ (timesX & 1n ? reflected : 0n);
  }
  return product;
}
