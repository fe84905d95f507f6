export type CrcAlgorithm = 'crc32' | 'crc32c' | 'crc64nvme';

/** The generators, lowest power in the highest bit, as reflected CRCs are computed. */
export const crcPolynomials: Record<CrcAlgorithm, { bits: 32 | 64; reflected: bigint }> = {
  // IEEE 802.3, also zlib's.
  crc32: { bits: 32, reflected: 0xedb88320n },
  // Castagnoli, RFC 3720 appendix B.4.
  crc32c: { bits: 32, reflected: 0x82f63b78n },
  // NVM Express NVM Command Set Specification, 64b CRC.
  crc64nvme: { bits: 64, reflected: 0x9a6c9329ac4bc9b5n },
};

/** The all-ones start and final inversion that the three have in common. */
export function crcMask(algorithm: CrcAlgorithm): bigint {
  return crcPolynomials[algorithm].bits === 64 ? 0xffffffffffffffffn : 0xffffffffn;
}

export const isCrc = (algorithm: string): algorithm is CrcAlgorithm =>
  Object.hasOwn(crcPolynomials, algorithm);
