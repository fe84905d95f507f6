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
  const bytes = new PlacedBytes();
  const onBody = (_: unknown, chunk: Uint8Array, offset: number) => bytes.put(chunk, offset);
  for await (const record of fetchFromBucket([wanted], { ...options, onBody })) {
    const body = record.outcome === 'fetched' ? bytes.take(record.bytes) : null;
    return { record, body };
  }
  throw new Error('the fetch ended without a record');
}

/** Bytes that arrive in any order, and perhaps twice. */
class PlacedBytes {
  #buffer: Buffer = Buffer.alloc(0);

  put(chunk: Uint8Array, offset: number): void {
    const end = offset + chunk.length;
    if (end > this.#buffer.length) this.#grow(end);
    this.#buffer.set(chunk, offset);
  }

  take(bytes: number): Buffer {
    return this.#buffer.subarray(0, bytes);
  }

  #grow(atLeast: number): void {
    const larger = Buffer.allocUnsafe(Math.max(atLeast, 2 * this.#buffer.length));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}
