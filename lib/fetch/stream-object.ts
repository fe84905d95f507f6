import { Readable } from 'node:stream';
import { eitherSignal } from './either-signal';
import { fetchFromBucket, type FetchOptions, type Wanted } from './fetch-from-bucket';
import type { FetchRecord } from './record';

/** What a stream has no use for: it gives the bytes once, and in their order. */
type StreamOptions = Omit<FetchOptions, 'onBody' | 'partSizeBytes' | 'hedgeAfterPercentile'>;

/**
 * Fetches one object as a stream, in order and whole: it ends only when all has arrived and was verified, and is
 * destroyed with the failure otherwise. What its reader has not taken yet is held in memory.
 *
 * @example
 * ```ts
 * for await (const chunk of streamObject('big.csv', { bucket: 'my-lake' })) parse(chunk);
 * ```
 */
export function streamObject(wanted: Wanted, options: StreamOptions): Readable {
  const stop = new AbortController();
  const signal = eitherSignal(options.signal, stop.signal);
  const stream = new Readable({
    read: () => {},
    destroy: (error, done) => {
      stop.abort();
      done(error);
    },
  });
  let reached = 0;
  const onBody = (_: unknown, chunk: Uint8Array, offset: number) => {
    // A body that is fetched again from zero brings what was passed on already.
    const fresh = chunk.subarray(Math.max(0, reached - offset));
    if (fresh.length === 0) return;
    reached += fresh.length;
    stream.push(Buffer.from(fresh));
  };
  void pump(fetchFromBucket([wanted], { ...options, signal, onBody }), stream);
  return stream;
}

async function pump(records: AsyncIterable<FetchRecord>, stream: Readable): Promise<void> {
  try {
    for await (const { failure, key } of records) {
      if (failure) stream.destroy(new Error(`${key}: ${failure.code}: ${failure.message}`));
      else stream.push(null);
    }
  } catch (error) {
    stream.destroy(error as Error);
  }
}
