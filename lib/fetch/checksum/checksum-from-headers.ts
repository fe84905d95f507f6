import { type ChecksumAlgorithm, checksumAlgorithms } from './create-checksum';

export interface GivenChecksum {
  algorithm: ChecksumAlgorithm;
  /** Base64, without the number of parts. */
  value: string;
  /** FULL_OBJECT: over the body's bytes. COMPOSITE: over the checksums of its parts, so the body cannot show it. */
  type: 'FULL_OBJECT' | 'COMPOSITE';
}

/** The checksum that a response offers: of several the cheapest to verify, full ones first; null where none is known. */
export function checksumFromHeaders(headers: Readonly<Record<string, string>>): GivenChecksum | null {
  const given = checksumAlgorithms.flatMap((algorithm) => {
    const value = headers[`x-amz-checksum-${algorithm}`];
    return value ? [read(algorithm, value, headers['x-amz-checksum-type'])] : [];
  });
  return given.find(({ type }) => type === 'FULL_OBJECT') ?? given[0] ?? null;
}

function read(algorithm: ChecksumAlgorithm, text: string, typeHeader: string | undefined): GivenChecksum {
  // "-" is no base64: what follows it is the number of parts.
  const [value, parts] = text.split('-', 2) as [string, string?];
  const composite = parts !== undefined || typeHeader?.toUpperCase() === 'COMPOSITE';
  return { algorithm, value, type: composite ? 'COMPOSITE' : 'FULL_OBJECT' };
}
