import { fetchFromBucket, type FetchOptions, type Wanted } from './fetch-from-bucket';
import type { FetchRecord } from './record';

/** A fetched object: its record, and its bytes where it was fetched. */
export interface FetchedObject {
  record: FetchRecord;
  /** Null where the fetch failed: the record says why. */
  body: Buffer | null;
}

/**
 * Fetches one object into memory.
 *
 * @throws TypeError where an option is not what it should be; a fetch that fails is a record, not an error
 * @example
 * ```ts
 * const { record, body } = await fetchObject('config.json', { bucket: 'my-lake' });
 * if (!body) throw new Error(`${record.key}: ${record.failure?.message}`);
 * ```
 */
export async function fetchObject(
  wanted: Wanted,
  options: Omit<FetchOptions, 'onBody'>,
): Promise<FetchedObject> {
  let buffer: Buffer = Buffer.alloc(0);
  // Bytes arrive in any order, and perhaps twice.
  const onBody = (_: unknown, chunk: Uint8Array, offset: number) => {
    const end = offset + chunk.length;
    if (end > buffer.length) buffer = grown(buffer, end);
    buffer.set(chunk, offset);
  };
  for await (const record of fetchFromBucket([wanted], { ...options, onBody })) {
    const body = record.outcome === 'fetched' ? buffer.subarray(0, record.bytes) : null;
    return { record, body };
  }
  throw new Error('the fetch ended without a record');
}

function grown(buffer: Buffer, atLeastBytes: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.max(atLeastBytes, 2 * buffer.length));
  larger.set(buffer);
  return larger;
}
