import { setTimeout as wait } from 'node:timers/promises';
import { backoffMs } from './backoff';
import { type AttemptFailure, shortMessage } from './failure';
import {
  type ByteRange,
  type GetOutcome,
  type GetRequest,
  type ObjectClient,
  rangeHeader,
} from './object-client';
import { microseconds } from './microseconds';
import type { Attempt, PhaseName, PhasesMs } from './record';
import type { Timeouts } from './timeouts';

export interface PartToFetch {
  bucket: string;
  key: string;
  /** Null for the whole object. */
  range: ByteRange | null;
  sizeBytes: number | null;
  etag: string | null;
}

export interface FetchSettings {
  client: ObjectClient;
  timeouts: Timeouts;
  /** HTTP requests for a part, the first included. */
  maxAttempts: number;
  signal?: AbortSignal | undefined;
  random: () => number;
}

export interface FetchedPart {
  attempts: Attempt[];
  /** Bytes of the part that are now here. */
  bytes: number;
  etag: string | null;
  checksumVerified: boolean;
  failure: AttemptFailure | null;
}

/** One part, as often as it takes and is allowed. A body that broke goes on from the byte reached. */
export async function fetchPart(
  part: PartToFetch,
  settings: FetchSettings,
  sinceMs: number,
): Promise<FetchedPart> {
  const attempts: Attempt[] = [];
  let here = 0;
  let etag = part.etag;
  for (let n = 1; ; n++) {
    if (settings.signal?.aborted)
      return { attempts, bytes: here, etag, checksumVerified: false, failure: stopped };
    const request = { ...requestFrom(part, here, etag, settings), fresh: n > 1 };
    const offsetMs = performance.now() - sinceMs;
    const outcome = await settings.client.get(request);
    attempts.push(attemptOf(n, request, offsetMs, outcome));
    etag ??= outcome.etag;
    here = canGoOn(request, outcome, etag) ? here + outcome.bytes : 0;
    const { failure } = outcome;
    if (!failure || failure.retry === 'no' || n >= settings.maxAttempts)
      return { attempts, bytes: here, etag, checksumVerified: !failure && outcome.checksumVerified, failure };
    await wait(backoffMs(failure.retry, n, settings.random), undefined, { signal: settings.signal }).catch(
      () => {},
    );
  }
}

const stopped: AttemptFailure = {
  code: 'Aborted',
  phase: null,
  message: 'stopped before the request was made',
  retry: 'no',
};

// Bytes that came are kept where they belong to a version that can be named, are not known to be wrong, and
// something is left to ask for: there is no range of no bytes.
function canGoOn(
  { expectedBytes }: GetRequest,
  { failure, bytes }: GetOutcome,
  etag: string | null,
): boolean {
  if (!failure) return true;
  return (
    etag !== null && failure.code !== 'ChecksumMismatch' && (expectedBytes === null || bytes < expectedBytes)
  );
}

function requestFrom(
  { bucket, key, range, sizeBytes }: PartToFetch,
  here: number,
  etag: string | null,
  { timeouts, signal }: FetchSettings,
): GetRequest {
  const from = (range?.from ?? 0) + here;
  const to = range ? range.to : here > 0 && sizeBytes !== null ? sizeBytes - 1 : null;
  const asked = range || here > 0 ? { from, to } : null;
  const end = to ?? (sizeBytes === null ? null : sizeBytes - 1);
  const expectedBytes = end === null ? null : end - from + 1;
  return { bucket, key, range: asked, etag, expectedBytes, timeouts, signal };
}

function attemptOf(n: number, request: GetRequest, offsetMs: number, outcome: GetOutcome): Attempt {
  const { failure } = outcome;
  return {
    n,
    range: rangeHeader(request.range),
    address: outcome.address,
    reused: outcome.reused,
    status: outcome.status,
    requestId: outcome.requestId,
    offsetMs: microseconds(offsetMs),
    durationMs: microseconds(outcome.durationMs),
    phasesMs: rounded(outcome.phasesMs),
    bytes: outcome.bytes,
    error: failure && { code: failure.code, message: shortMessage(failure.message) },
  };
}

function rounded(phases: PhasesMs): PhasesMs {
  const result = { ...phases };
  for (const name of Object.keys(result) as PhaseName[])
    if (result[name] !== null) result[name] = microseconds(result[name]);
  return result;
}
