import { isCrc } from './checksum/crc-polynomials';
import type { AttemptFailure } from './failure';
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
export class BegunObject {
  #object: ObjectToFetch;
  readonly #settings: Settings;
  readonly #parts: FetchedPart[] = [];
  #given: GivenChecksum | undefined;
  #left = 1;
  #startMs: number | null = null;
  #since = 0;
  #failed = false;
  #stop: AbortController | null = null;

  constructor(object: ObjectToFetch, settings: Settings) {
    this.#object = object;
    this.#settings = settings;
  }

  /**
   * Its size is not known and decides the parts, or its version, which holds them together, or they are to be
   * compared with the whole's checksum.
   */
  get mustOpen(): boolean {
    const { partSizeBytes, verifyRanges } = this.#settings;
    const { sizeBytes, etag, missing } = this.#object;
    if (partSizeBytes === null || missing) return false;
    return sizeBytes === null || (sizeBytes > partSizeBytes && (verifyRanges === true || etag === null));
  }

  /** Asks after the object. The answer is its record, where that was all. */
  async open(): Promise<FetchRecord | null> {
    const head = await this.#fetch({ method: 'HEAD', range: null });
    this.#parts.push(head);
    const { sizeBytes, etag } = this.#object;
    if (!head.failure) head.failure = sizeFailure(head, sizeBytes);
    this.#given = head.given;
    this.#object = {
      ...this.#object,
      sizeBytes: sizeBytes ?? head.sizeBytes ?? null,
      etag: etag ?? head.etag,
    };
    return head.failure ? this.#end() : null;
  }

  /** One by one: there may be hundreds of thousands. */
  *jobs(): Generator<Job, undefined> {
    const ranges = this.#ranges();
    this.#left = ranges.length;
    const checksum =
      ranges[0] && this.#given && isCrc(this.#given.algorithm) ? this.#given.algorithm : undefined;
    for (const range of ranges) yield () => this.#take({ range, checksum });
  }

  async #take(wanted: Pick<PartToFetch, 'range' | 'checksum'>): Promise<FetchRecord | null> {
    // Once a part has failed the object has failed: asking for the rest would cost and tell nothing.
    if (!this.#failed) {
      const part = await this.#fetch(wanted);
      this.#parts.push(part);
      this.#failed ||= part.failure !== null;
    }
    return --this.#left === 0 ? this.#end() : null;
  }

  // A Range on an empty object is an error, and one whole part needs none.
  #ranges(): (ByteRange | null)[] {
    const { partSizeBytes } = this.#settings;
    const { sizeBytes } = this.#object;
    if (partSizeBytes === null || sizeBytes === null || sizeBytes <= partSizeBytes) return [null];
    return partsOf(sizeBytes, partSizeBytes);
  }

  #fetch(part: Pick<PartToFetch, 'method' | 'range' | 'checksum'>): Promise<FetchedPart> {
    const { signal } = this.#begin();
    const { bucket, onBody } = this.#settings;
    const object = this.#object;
    const { key, sizeBytes, etag } = object;
    const take = onBody && ((chunk: Uint8Array, offset: number) => onBody(object, chunk, offset));
    return fetchPart(
      { ...part, bucket, key, sizeBytes, etag, signal, onBody: take },
      this.#settings,
      this.#since,
    );
  }

  #begin(): AbortController {
    if (this.#stop) return this.#stop;
    this.#stop = this.#settings.watch.begin();
    this.#startMs = this.#settings.clock.nowMs();
    this.#since = performance.now();
    this.#settings.onStart?.(this.#object);
    return this.#stop;
  }

  #end(): FetchRecord {
    this.#settings.watch.end(this.#stop!);
    const times = { startMs: this.#startMs!, durationMs: performance.now() - this.#since };
    const record = objectRecord(this.#object, this.#parts, this.#given, {
      ...times,
      ...this.#settings.stamp,
    });
    this.#settings.onEnd?.(record);
    return record;
  }
}

// Ranges of a size that it no longer has would be a part of it, and pass for the whole.
function sizeFailure({ sizeBytes }: FetchedPart, dueBytes: number | null): AttemptFailure | null {
  if (dueBytes === null || sizeBytes === undefined || sizeBytes === dueBytes) return null;
  const message = `${dueBytes} bytes were due, the object has ${sizeBytes}`;
  return { code: 'ObjectChanged', phase: 'firstByte', message, retry: 'no' };
}
