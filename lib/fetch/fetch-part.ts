import { setTimeout as wait } from 'node:timers/promises';
import { attemptRecord } from './attempt-record';
import { backoffMs } from './backoff';
import type { AttemptFailure } from './failure';
import { getHedged, type HedgedOutcome, type Hedging } from './hedging';
import { type CrcAlgorithm, isCrc } from './checksum/crc-polynomials';
import type {
  ByteRange,
  ComputedCrc,
  GetOutcome,
  GetRequest,
  GivenChecksum,
  ObjectClient,
} from './object-client';
import { crcFailure, PiecedCrc } from './range-crc';
import type { Attempt } from './record';
import type { RetryBudget } from './retry-budget';
import { stopFailure } from './stop-reason';
import type { Timeouts } from './timeouts';

export interface PartToFetch {
  /** HEAD asks for what is known of the object only. @default GET */
  method?: GetRequest['method'];
  bucket: string;
  key: string;
  /** Null for the whole object. */
  range: ByteRange | null;
  sizeBytes: number | null;
  etag: string | null;
  signal: AbortSignal;
  /** To be computed over the part's bytes. */
  checksum?: CrcAlgorithm | undefined;
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
  /** It was asked after only. */
  isHead: boolean;
  /** Its first byte's place in the object. */
  from: number;
  attempts: Attempt[];
  /** Bytes of the part that are now here. */
  bytes: number;
  etag: string | null;
  /** The last answer named it. */
  etagNamed: boolean;
  /** Over the part's bytes, where it could be computed. */
  crc?: ComputedCrc | undefined;
  /** What S3 says of the whole object. */
  given?: GivenChecksum | undefined;
  sizeBytes?: number | undefined;
  checksumVerified: boolean;
  failure: AttemptFailure | null;
}

/** One part, as often as it takes and is allowed. A body that broke goes on from the byte reached. */
export async function fetchPart(
  part: PartToFetch,
  settings: FetchSettings & { budget: RetryBudget },
  sinceMs: number,
): Promise<FetchedPart> {
  const fetched: FetchedPart = {
    isHead: part.method === 'HEAD',
    from: part.range?.from ?? 0,
    attempts: [],
    bytes: 0,
    etag: part.etag,
    etagNamed: false,
    checksumVerified: false,
    failure: null,
  };
  const pieces = new PiecedCrc();
  let waitMs = 0;
  for (let n = 1; ; n++) {
    if (part.signal.aborted) return { ...fetched, failure: stopFailure(part.signal, null) };
    const request = requestFrom(part, fetched, settings.timeouts, n > 1);
    const offsetMs = performance.now() - sinceMs;
    const asked = await ask(request, settings);
    const [outcome, ...others] = asked.map(({ outcome }) => named(outcome, part.signal));
    take(fetched, pieces, request, outcome!);
    const failure = outcome!.failure ?? mismatch(fetched, part, n);
    for (const [at, each] of [{ ...outcome!, failure }, ...others].entries()) {
      const { afterMs, hedge } = asked[at]!;
      // Nobody waited for a hedge: the wait is told by the one that it stands beside.
      const place = { n, offsetMs: offsetMs + afterMs, backoffMs: hedge ? 0 : waitMs, hedge };
      fetched.attempts.push(attemptRecord(request, each, place));
    }
    if (!failure) {
      settings.budget.refund(n - 1);
      return fetched;
    }
    if (failure.code === 'ChecksumMismatch') startAgain(fetched, pieces);
    const last = lastFailure(failure, n, settings);
    if (last) return { ...fetched, checksumVerified: false, failure: last };
    waitMs = backoffMs(failure.retry as 'transient' | 'throttled', n, settings.random);
    await wait(waitMs, undefined, { signal: part.signal }).catch(() => {});
  }
}

/** Adds what an answer brought to what is here. */
function take(fetched: FetchedPart, pieces: PiecedCrc, request: GetRequest, outcome: GetOutcome): void {
  fetched.etag ??= outcome.etag;
  fetched.etagNamed = outcome.etag !== null;
  fetched.given ??= outcome.given;
  fetched.sizeBytes ??= outcome.sizeBytes;
  fetched.checksumVerified = outcome.checksumVerified;
  if (!canGoOn(request, outcome, fetched.etag)) return startAgain(fetched, pieces);
  fetched.bytes += outcome.bytes;
  pieces.add(outcome.crc, outcome.bytes);
  fetched.crc = pieces.crc;
}

function startAgain(fetched: FetchedPart, pieces: PiecedCrc): void {
  fetched.bytes = 0;
  pieces.clear();
  fetched.crc = undefined;
}

// A whole object that came in pieces: no answer could compare it, but all of them together can.
function mismatch(fetched: FetchedPart, { range }: PartToFetch, n: number): AttemptFailure | null {
  if (range || n === 1 || fetched.checksumVerified) return null;
  const failure = crcFailure(fetched.crc, fetched.given);
  fetched.checksumVerified = failure === null;
  return failure ?? null;
}

/** The failure that the part ends with; null where it may be tried again. */
function lastFailure(
  failure: AttemptFailure,
  n: number,
  { maxAttempts, budget }: FetchSettings & { budget: RetryBudget },
): AttemptFailure | null {
  if (failure.retry === 'no' || n >= maxAttempts) return failure;
  if (budget.take()) return null;
  return { ...failure, message: `${failure.message} (no retry: the retry budget is spent)` };
}

function ask(request: GetRequest, { client, hedging }: FetchSettings): Promise<HedgedOutcome[]> {
  if (hedging) return getHedged(client, request, hedging);
  return client.get(request).then((outcome) => [{ outcome, afterMs: 0, hedge: false }]);
}

// The client knows that it was stopped, the signal why.
function named(outcome: GetOutcome, signal: AbortSignal): GetOutcome {
  if (outcome.failure?.code !== 'Aborted' || !signal.aborted) return outcome;
  return { ...outcome, failure: stopFailure(signal, outcome.failure.phase) };
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
  { method = 'GET', bucket, key, range, sizeBytes, signal, checksum, onBody }: PartToFetch,
  { bytes: here, etag, given }: FetchedPart,
  timeouts: Timeouts,
  fresh: boolean,
): GetRequest {
  const from = (range?.from ?? 0) + here;
  const to = range ? range.to : here > 0 && sizeBytes !== null ? sizeBytes - 1 : null;
  const asked = range || here > 0 ? { from, to } : null;
  const end = to ?? (sizeBytes === null || method === 'HEAD' ? null : sizeBytes - 1);
  return {
    method,
    bucket,
    key,
    range: asked,
    etag,
    expectedBytes: end === null ? null : end - from + 1,
    timeouts,
    signal,
    fresh,
    // The rest of a broken body is compared by the checksum that its first answer named.
    checksum: checksum ?? (here > 0 && given && isCrc(given.algorithm) ? given.algorithm : undefined),
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
