import { type CrcAlgorithm, crcPolynomials } from './crc-polynomials';

/** Base64 of the big-endian bytes, as S3 writes a CRC. */
export function encodeCrc(algorithm: CrcAlgorithm, value: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes.toString('base64', 8 - crcPolynomials[algorithm].bits / 8);
}
