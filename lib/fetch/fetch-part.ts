import { setTimeout as wait } from 'node:timers/promises';
import { attemptRecord } from './attempt-record';
import { backoffMs } from './backoff';
import type { AttemptFailure } from './failure';
import { getHedged, type HedgedOutcome, type Hedging } from './hedging';
import type { ByteRange, GetOutcome, GetRequest, ObjectClient } from './object-client';
import type { Attempt } from './record';
import type { RetryBudget } from './retry-budget';
import { stopFailure } from './stop-reason';
import type { Timeouts } from './timeouts';

export interface PartToFetch {
  bucket: string;
  key: string;
  /** Null for the whole object. */
  range: ByteRange | null;
  sizeBytes: number | null;
  etag: string | null;
  signal: AbortSignal;
  /** Given the part's bytes as they come, with their place in the object. A hedge gives them twice. */
  onBody?: ((chunk: Uint8Array, offset: number) => void) | undefined;
}

export interface FetchSettings {
  client: ObjectClient;
  timeouts: Timeouts;
  /** HTTP requests for a part, the first included; a hedge counts with the one that it stands beside. */
  maxAttempts: number;
  /** Undefined asks once and waits. */
  hedging?: Hedging | undefined;
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
  settings: FetchSettings & { budget: RetryBudget },
  sinceMs: number,
): Promise<FetchedPart> {
  const attempts: Attempt[] = [];
  let here = 0;
  let etag = part.etag;
  let waitMs = 0;
  for (let n = 1; ; n++) {
    const ended = (failure: AttemptFailure | null, checksumVerified = false): FetchedPart => ({
      attempts,
      bytes: here,
      etag,
      checksumVerified,
      failure,
    });
    if (part.signal.aborted) return ended(stopFailure(part.signal, null));
    const request = requestFrom(part, here, etag, settings.timeouts, n > 1);
    const offsetMs = performance.now() - sinceMs;
    const [first, ...lost] = await ask(request, settings);
    const { outcome } = first!;
    for (const one of [first!, ...lost.map(asLost)]) {
      const place = { n, offsetMs: offsetMs + one.afterMs, backoffMs: waitMs, hedge: one.hedge };
      attempts.push(attemptRecord(request, one.outcome, place));
    }
    etag ??= outcome.etag;
    here = canGoOn(request, outcome, etag) ? here + outcome.bytes : 0;
    const { failure } = outcome;
    if (!failure) {
      settings.budget.refund(n - 1);
      return ended(null, outcome.checksumVerified);
    }
    if (failure.code === 'Aborted') return ended(stopFailure(part.signal, failure.phase));
    if (failure.retry === 'no' || n >= settings.maxAttempts) return ended(failure);
    if (!settings.budget.take())
      return ended({ ...failure, message: `${failure.message} (no retry: the retry budget is spent)` });
    waitMs = backoffMs(failure.retry, n, settings.random);
    await wait(waitMs, undefined, { signal: part.signal }).catch(() => {});
  }
}

function ask(request: GetRequest, { client, hedging }: FetchSettings): Promise<HedgedOutcome[]> {
  if (hedging) return getHedged(client, request, hedging);
  return client.get(request).then((outcome) => [{ outcome, afterMs: 0, hedge: false }]);
}

// It was broken off because the other one was quicker: that is no fault of its own.
function asLost({ outcome, ...place }: HedgedOutcome): HedgedOutcome {
  if (outcome.failure?.code !== 'Aborted') return { outcome, ...place };
  const message = 'the other request of the pair was whole first';
  return { outcome: { ...outcome, failure: { ...outcome.failure, code: 'HedgeLost', message } }, ...place };
}

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
  { bucket, key, range, sizeBytes, signal, onBody }: PartToFetch,
  here: number,
  etag: string | null,
  timeouts: Timeouts,
  fresh: boolean,
): GetRequest {
  const from = (range?.from ?? 0) + here;
  const to = range ? range.to : here > 0 && sizeBytes !== null ? sizeBytes - 1 : null;
  const asked = range || here > 0 ? { from, to } : null;
  const end = to ?? (sizeBytes === null ? null : sizeBytes - 1);
  const expectedBytes = end === null ? null : end - from + 1;
  return {
    bucket,
    key,
    range: asked,
    etag,
    expectedBytes,
    timeouts,
    signal,
    fresh,
    onBody: fromOffset(onBody, from),
  };
}

function fromOffset(onBody: PartToFetch['onBody'], from: number): GetRequest['onBody'] {
  if (!onBody) return undefined;
  let offset = from;
  return (chunk) => {
    onBody(chunk, offset);
    offset += chunk.length;
  };
}
