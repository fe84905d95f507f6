import type { Clock } from './clock';
import type { FetchSettings } from './fetch-part';
import type { FetchRecord } from './record';
import type { RetryBudget } from './retry-budget';

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
  /** Ask for the whole object's checksum first, and compare the parts' CRCs with it together. @default false */
  verifyRanges?: boolean;
  clock: Clock;
  /** @default one for these objects */
  budget?: RetryBudget;
  /** Stops everything: what is under way is broken off, and its records say so. */
  signal?: AbortSignal | undefined;
  /** Copied into every record. */
  stamp: Pick<FetchRecord, 'trial' | 'sandbox' | 'coldStart'>;
  /** Given the bodies' bytes as they come, with their place in the object: see GetRequest.onBody. */
  onBody?: (object: ObjectToFetch, chunk: Uint8Array, offset: number) => void;
  /** Called when an object's first request is about to go out. */
  onStart?: (object: ObjectToFetch) => void;
  /** Called when an object's record is made, before the next object is begun in its place. */
  onEnd?: (record: FetchRecord) => void;
}
