import type { AttemptFailure } from './failure';
import type { FetchObjectsOptions, ObjectToFetch } from './fetch-options';
import { type FetchedPart, fetchPart } from './fetch-part';
import { microseconds } from './microseconds';
import type { ByteRange } from './object-client';
import type { ObjectWatch } from './object-watch';
import type { FetchRecord, Integrity } from './record';
import type { RetryBudget } from './retry-budget';

/** What all objects of a call share. */
export type Settings = FetchObjectsOptions & { budget: RetryBudget; watch: ObjectWatch };

/** An object whose parts are being fetched. */
export class BegunObject {
  readonly #object: ObjectToFetch;
  readonly #options: Settings;
  readonly #parts: FetchedPart[] = [];
  #left: number;
  #startMs: number | null = null;
  #since = 0;
  #failed = false;
  #stop: AbortController | null = null;

  constructor(object: ObjectToFetch, parts: number, options: Settings) {
    this.#object = object;
    this.#left = parts;
    this.#options = options;
  }

  /** Fetches one part; the last one to end gives the object's record. */
  async fetch(range: ByteRange | null): Promise<FetchRecord | null> {
    const { signal } = this.#begin();
    const { bucket, onBody } = this.#options;
    const { key, sizeBytes, etag } = this.#object;
    // Once a part has failed the object has failed: asking for the rest would cost and tell nothing.
    if (!this.#failed) {
      const part = await fetchPart(
        {
          bucket,
          key,
          range,
          sizeBytes,
          etag,
          signal,
          onBody: onBody && ((chunk, offset) => onBody(this.#object, chunk, offset)),
        },
        this.#options,
        this.#since,
      );
      this.#parts.push(part);
      this.#failed ||= part.failure !== null;
    }
    if (--this.#left > 0) return null;
    this.#options.watch.end(this.#stop!);
    const record = this.#record();
    this.#options.onEnd?.(record);
    return record;
  }

  #begin(): AbortController {
    if (this.#stop) return this.#stop;
    this.#stop = this.#options.watch.begin();
    this.#startMs = this.#options.clock.nowMs();
    this.#since = performance.now();
    this.#options.onStart?.(this.#object);
    return this.#stop;
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
