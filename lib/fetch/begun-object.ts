import { isCrc } from './checksum/crc-polynomials';
import { type AttemptFailure, failed } from './failure';
import type { FetchObjectsOptions, ObjectToFetch } from './fetch-options';
import { type FetchedPart, fetchPart, type PartToFetch } from './fetch-part';
import type { ByteRange, GivenChecksum } from './object-client';
import { objectRecord } from './object-record';
import type { ObjectWatch } from './object-watch';
import { partsOf } from './parts';
import type { FetchRecord } from './record';
import type { RetryBudget } from './retry-budget';

/** What all objects of a call share. */
export type Settings = FetchObjectsOptions & { budget: RetryBudget; watch: ObjectWatch };

/** One thing for a worker to do; the last one of an object gives its record. */
export type Job = () => Promise<FetchRecord | null>;

/** An object that is being fetched, whole or in parts. */
export interface BegunObject {
  /** It must be asked after before its parts are known. */
  readonly mustOpen: boolean;
  /** Asks after the object. The answer is its record, where that was all. */
  open(): Promise<FetchRecord | null>;
  /** One by one: there may be hundreds of thousands. */
  jobs(): Generator<Job, undefined>;
}

export function beginObject(wanted: ObjectToFetch, settings: Settings): BegunObject {
  const parts: FetchedPart[] = [];
  let object = wanted;
  let given: GivenChecksum | undefined;
  let left = 1;
  let failedBefore = false;
  let begun: { stop: AbortController; startMs: number; sinceMs: number } | null = null;

  const begin = () => {
    const startMs = settings.clock.nowMs();
    begun = { stop: settings.watch.begin(), startMs, sinceMs: performance.now() };
    settings.onStart?.(object);
    return begun;
  };
  const fetch = async (wantedPart: Pick<PartToFetch, 'method' | 'range' | 'checksum'>) => {
    const { stop, sinceMs } = begun ?? begin();
    const { bucket, onBody } = settings;
    const { key, sizeBytes, etag } = object;
    const take = onBody && ((chunk: Uint8Array, offset: number) => onBody(object, chunk, offset));
    const part = { ...wantedPart, bucket, key, sizeBytes, etag, signal: stop.signal, onBody: take };
    const fetched = await fetchPart(part, settings, sinceMs);
    parts.push(fetched);
    return fetched;
  };
  const end = () => {
    const { stop, startMs, sinceMs } = begun!;
    settings.watch.end(stop);
    const durationMs = performance.now() - sinceMs;
    const record = objectRecord(object, parts, given, { startMs, durationMs, ...settings.stamp });
    settings.onEnd?.(record);
    return record;
  };

  return {
    mustOpen: mustOpen(object, settings),
    async open() {
      const head = await fetch({ method: 'HEAD', range: null });
      const { sizeBytes, etag } = object;
      head.failure ??= sizeFailure(head, sizeBytes);
      ({ given } = head);
      object = { ...object, sizeBytes: sizeBytes ?? head.sizeBytes ?? null, etag: etag ?? head.etag };
      return head.failure ? end() : null;
    },
    *jobs(): Generator<Job, undefined> {
      const ranges = rangesOf(object, settings);
      left = ranges.length;
      const checksum = ranges[0] && given && isCrc(given.algorithm) ? given.algorithm : undefined;
      for (const range of ranges)
        yield async () => {
          // Once a part has failed the object has failed: asking for the rest would cost and tell nothing.
          if (!failedBefore && (await fetch({ range, checksum })).failure) failedBefore = true;
          return --left === 0 ? end() : null;
        };
    },
  };
}

// Its size is not known and decides the parts, or its version, which holds them together, or they are to be
// compared with the whole's checksum.
function mustOpen({ sizeBytes, etag, missing }: ObjectToFetch, settings: Settings): boolean {
  const { partSizeBytes, verifyRanges } = settings;
  if (partSizeBytes === null || missing) return false;
  return sizeBytes === null || (sizeBytes > partSizeBytes && (verifyRanges === true || etag === null));
}

// A Range on an empty object is an error, and one whole part needs none.
function rangesOf({ sizeBytes }: ObjectToFetch, { partSizeBytes }: Settings): (ByteRange | null)[] {
  if (partSizeBytes === null || sizeBytes === null || sizeBytes <= partSizeBytes) return [null];
  return partsOf(sizeBytes, partSizeBytes);
}

// Ranges of a size that it no longer has would be a part of it, and pass for the whole.
function sizeFailure({ sizeBytes }: FetchedPart, dueBytes: number | null): AttemptFailure | null {
  if (dueBytes === null || sizeBytes === undefined || sizeBytes === dueBytes) return null;
  return failed('ObjectChanged', 'firstByte', `${dueBytes} bytes were due, the object has ${sizeBytes}`);
}
