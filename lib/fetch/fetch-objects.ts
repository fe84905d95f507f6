import type { Clock } from './clock';
import type { AttemptFailure } from './failure';
import { microseconds } from './microseconds';
import { type FetchedPart, type FetchSettings, fetchPart } from './fetch-part';
import type { ByteRange } from './object-client';
import { partsOf } from './parts';
import type { FetchRecord, Integrity } from './record';

/** An object to fetch, with what is known of it. */
export interface ObjectToFetch {
  index: number;
  key: string;
  sizeBytes: number | null;
  etag: string | null;
  /** Somebody who may list saw that there is no such key. */
  missing?: true;
}

export interface FetchObjectsOptions extends FetchSettings {
  bucket: string;
  /** HTTP requests in flight at most. */
  concurrency: number;
  /** Null fetches objects whole. */
  partSizeBytes: number | null;
  clock: Clock;
  /** Copied into every record. */
  stamp: Pick<FetchRecord, 'trial' | 'sandbox' | 'coldStart'>;
  /** Called when an object's first request is about to go out. */
  onStart?: (object: ObjectToFetch) => void;
  /** Called when an object's record is made, before the next object is begun in its place. */
  onEnd?: (record: FetchRecord) => void;
}

/**
 * Fetches objects, at most `concurrency` requests at once; each ends in one record, in the order of ending.
 * Who stops taking records stops the fetching: requests under way are broken off.
 */
export async function* fetchObjects(
  objects: Iterable<ObjectToFetch>,
  options: FetchObjectsOptions,
): AsyncGenerator<FetchRecord> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const ended: FetchRecord[] = [];
  let wake = () => {};
  const jobs = jobsOf(objects, { ...options, signal });
  const worker = async () => {
    for (const { begun, range } of jobs) {
      const record = await begun.fetch(range);
      if (stop.signal.aborted) return;
      if (record) {
        ended.push(record);
        wake();
      }
    }
  };
  const state = { working: options.concurrency, errors: [] as unknown[] };
  const workers = Array.from({ length: options.concurrency }, () =>
    worker()
      .catch((error: unknown) => state.errors.push(error))
      .finally(() => {
        state.working--;
        wake();
      }),
  );
  try {
    while (state.errors.length === 0 && (state.working > 0 || ended.length > 0)) {
      const record = ended.shift();
      if (record) yield record;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    stop.abort();
    await Promise.all(workers);
  }
  // Only a callback of the caller's can throw: a fetch that fails is a record.
  if (state.errors.length > 0) throw state.errors[0];
}

interface Job {
  begun: BegunObject;
  range: ByteRange | null;
}

// Objects in their order, and an object's parts in theirs: the workers take the next as they are free.
function* jobsOf(objects: Iterable<ObjectToFetch>, options: FetchObjectsOptions): Generator<Job> {
  for (const object of objects) {
    const ranges = rangesOf(object, options.partSizeBytes);
    const begun = new BegunObject(object, ranges.length, options);
    for (const range of ranges) yield { begun, range };
  }
}

// A Range on an empty object is an error, and one whole part needs none.
function rangesOf({ sizeBytes }: ObjectToFetch, partSizeBytes: number | null): (ByteRange | null)[] {
  if (partSizeBytes === null || sizeBytes === null || sizeBytes <= partSizeBytes) return [null];
  return partsOf(sizeBytes, partSizeBytes);
}

class BegunObject {
  readonly #object: ObjectToFetch;
  readonly #options: FetchObjectsOptions;
  readonly #parts: FetchedPart[] = [];
  #left: number;
  #startMs: number | null = null;
  #since = 0;
  #failed = false;

  constructor(object: ObjectToFetch, parts: number, options: FetchObjectsOptions) {
    this.#object = object;
    this.#left = parts;
    this.#options = options;
  }

  /** Fetches one part; the last one to end gives the object's record. */
  async fetch(range: ByteRange | null): Promise<FetchRecord | null> {
    this.#begin();
    const { bucket } = this.#options;
    const { key, sizeBytes, etag } = this.#object;
    // Once a part has failed the object has failed: asking for the rest would cost and tell nothing.
    if (!this.#failed) {
      const part = await fetchPart({ bucket, key, range, sizeBytes, etag }, this.#options, this.#since);
      this.#parts.push(part);
      this.#failed ||= part.failure !== null;
    }
    if (--this.#left > 0) return null;
    const record = this.#record();
    this.#options.onEnd?.(record);
    return record;
  }

  #begin(): void {
    if (this.#startMs !== null) return;
    this.#startMs = this.#options.clock.nowMs();
    this.#since = performance.now();
    this.#options.onStart?.(this.#object);
  }

  #record(): FetchRecord {
    const { index, key, sizeBytes, etag } = this.#object;
    const failure = failureOf(this.#parts, this.#object);
    const bytes = this.#parts.reduce((sum, part) => sum + part.bytes, 0);
    return {
      version: 1,
      trial: this.#options.stamp.trial,
      index,
      key,
      sizeBytes: sizeBytes ?? (failure ? null : bytes),
      outcome: failure ? 'failed' : 'fetched',
      bytes,
      startMs: microseconds(this.#startMs!),
      durationMs: microseconds(performance.now() - this.#since),
      attempts: this.#parts.flatMap(({ attempts }) => attempts).sort((a, b) => a.offsetMs - b.offsetMs),
      integrity: integrityOf(this.#parts, etag, failure),
      coldStart: this.#options.stamp.coldStart,
      sandbox: this.#options.stamp.sandbox,
      failure: failure && {
        code: failure.code,
        phase: failure.phase,
        message: failure.message.slice(0, 500),
      },
    };
  }
}

function integrityOf(parts: FetchedPart[], etag: string | null, failure: AttemptFailure | null): Integrity {
  if (failure) return 'none';
  if (parts.every(({ checksumVerified }) => checksumVerified)) return 'crc';
  return etag !== null ? 'etag' : 'length';
}

// Without the right to list, S3 answers 403 for a key that is not there.
function failureOf(parts: readonly FetchedPart[], { missing }: ObjectToFetch): AttemptFailure | null {
  const failure = parts.find((part) => part.failure)?.failure ?? null;
  if (!missing || failure?.code !== 'AccessDenied') return failure;
  return {
    ...failure,
    code: 'NoSuchKey',
    message: `there was no such key when the run was planned; ${failure.message}`,
  };
}
