import { awsSettings } from './aws-settings';
import type { Credentials } from './direct/signing/credentials';
import { createDirectClient } from './direct/direct-client';
import { startClock } from './clock';
import { fetchObjects } from './fetch-objects';
import type { ObjectToFetch } from './fetch-options';
import { Hedging } from './hedging';
import type { ObjectClient } from './object-client';
import type { FetchRecord } from './record';
import { defaultTimeouts, type Timeouts } from './timeouts';

/** An object to fetch: its key, with what is known of it where that saves a request or guards against a change. */
export type Wanted = string | { key: string; sizeBytes?: number; etag?: string };

/** Settings of `fetchObjects`; only the bucket is needed. */
export interface FetchOptions {
  /** Name of the bucket. */
  bucket: string;
  /**
   * HTTP requests in flight at most, 1 to 256 (a Lambda has 1,024 file descriptors).
   * @default 16
   */
  concurrency?: number;
  /**
   * Bytes of a range; larger objects are fetched in ranges, side by side.
   * @default - objects are fetched whole
   */
  partSizeBytes?: number;
  /**
   * Whether to compare what arrives with the checksum that S3 keeps; of ranges, their CRCs together.
   * @default true
   */
  verifyChecksum?: boolean;
  /**
   * HTTP requests for an object or a range, the first included.
   * @default 3
   */
  maxAttempts?: number;
  /** Milliseconds; see {@link Timeouts}. @default connect 2000, first byte 5000, stall 5000, object 900000 */
  timeouts?: Partial<Timeouts>;
  /**
   * Ask once more, on a new connection, when an answer is slower than this percentile of those before it.
   * `onBody` may then be given the same bytes twice.
   * @default - off
   */
  hedgeAfterPercentile?: number;
  /** Stops everything: what is under way is broken off, and its records say so. */
  signal?: AbortSignal;
  /**
   * Given each object's bytes as they arrive, with their place in the object: views into a buffer that is read
   * into again, so copy what is to stay. Ranges arrive side by side.
   */
  onBody?: (object: { index: number; key: string }, chunk: Uint8Array, offset: number) => void;
  /** @default - AWS_REGION, else what the AWS SDK's own providers find */
  region?: string;
  /** Another S3 than AWS's. @default - AWS_ENDPOINT_URL_S3, else AWS's of the region */
  endpoint?: string;
  /** @default - the environment's, else what the AWS SDK's own providers find */
  credentials?: () => Promise<Credentials>;
}

/**
 * Fetches objects and tells of each what became of it: exactly one record an object, in the order of ending,
 * failed ones included. Nothing that S3 or the network does is thrown, and nothing waits for ever.
 *
 * @throws TypeError where an option is not what it should be
 * @example
 * ```ts
 * import { fetchObjects } from 's3-fetch-tuner/fetch';
 *
 * for await (const record of fetchObjects(['a.parquet', 'b.parquet'], { bucket: 'my-lake' })) {
 *   console.log(record.key, record.outcome, record.durationMs, record.attempts[0]?.phasesMs);
 * }
 * ```
 */
export async function* fetchFromBucket(
  wanted: Iterable<Wanted> | AsyncIterable<Wanted>,
  options: FetchOptions,
): AsyncGenerator<FetchRecord> {
  const checked = checkedOptions(options);
  const client = await clientOf(checked);
  const { hedgeAfterPercentile: percentile } = checked;
  try {
    yield* fetchObjects(indexed(wanted), {
      ...checked,
      client,
      partSizeBytes: checked.partSizeBytes ?? null,
      verifyRanges: checked.verifyChecksum,
      timeouts: { ...defaultTimeouts, ...checked.timeouts },
      hedging: percentile === undefined ? undefined : new Hedging(percentile),
      random: Math.random,
      clock: startClock(),
      stamp: { trial: '', sandbox: process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '', coldStart: false },
    });
  } finally {
    client.closeConnections();
  }
}

type Checked = FetchOptions & Required<Pick<FetchOptions, 'concurrency' | 'verifyChecksum' | 'maxAttempts'>>;

/** Whole numbers, with the least and the most that make sense. */
const limits = {
  concurrency: [1, 256],
  maxAttempts: [1, 10],
  // S3 takes parts of up to 5 GiB; smaller ranges than 64 KiB are all overhead.
  partSizeBytes: [65_536, 5 * 2 ** 30],
  hedgeAfterPercentile: [50, 99],
} as const;

function checkedOptions(options: FetchOptions): Checked {
  const { bucket, concurrency = 16, verifyChecksum = true, maxAttempts = 3 } = options;
  const checked = { ...options, concurrency, verifyChecksum, maxAttempts };
  if (typeof bucket !== 'string' || bucket === '') throw new TypeError('bucket: write the name of a bucket');
  for (const [name, [low, high]] of Object.entries(limits)) {
    const value = checked[name as keyof typeof limits];
    if (value !== undefined && (!Number.isInteger(value) || value < low || value > high))
      throw new TypeError(`${name}: write a whole number from ${low} to ${high}, not ${String(value)}`);
  }
  return checked;
}

async function clientOf(options: Checked): Promise<ObjectClient> {
  const { concurrency, verifyChecksum, hedgeAfterPercentile } = options;
  const settings = await awsSettings(options);
  // A hedge needs a connection beside the slow one.
  const maxSockets = hedgeAfterPercentile === undefined ? concurrency : 2 * concurrency;
  return createDirectClient({ ...settings, maxSockets, verifyChecksum });
}

async function* indexed(wanted: Iterable<Wanted> | AsyncIterable<Wanted>): AsyncGenerator<ObjectToFetch> {
  let index = 0;
  for await (const one of wanted) {
    const { key, sizeBytes = null, etag = null } = typeof one === 'string' ? { key: one } : one;
    yield { index: index++, key, sizeBytes, etag };
  }
}
