import type { AttemptFailure } from './failure';
import { shortMessage } from './failure';
import type { ObjectToFetch } from './fetch-options';
import type { FetchedPart } from './fetch-part';
import { microseconds } from './microseconds';
import type { GivenChecksum } from './object-client';
import { crcFailure, PiecedCrc } from './range-crc';
import type { FetchRecord, Integrity } from './record';

type Stamp = Pick<FetchRecord, 'trial' | 'sandbox' | 'coldStart' | 'startMs' | 'durationMs'>;

/** What became of an object, from what became of its parts. */
export function objectRecord(
  object: ObjectToFetch,
  parts: readonly FetchedPart[],
  given: GivenChecksum | undefined,
  stamp: Stamp,
): FetchRecord {
  const { index, key, sizeBytes, etag } = object;
  const together = compareTogether(parts, given);
  const failure = partsFailure(parts, object) ?? together ?? null;
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return {
    version: 1,
    trial: stamp.trial,
    index,
    key,
    sizeBytes: sizeBytes ?? (failure ? null : bytes),
    outcome: failure ? 'failed' : 'fetched',
    bytes,
    startMs: microseconds(stamp.startMs),
    durationMs: microseconds(stamp.durationMs),
    attempts: parts.flatMap(({ attempts }) => attempts).sort((a, b) => a.offsetMs - b.offsetMs),
    integrity: failure ? 'none' : integrityOf(parts, together === null, etag),
    coldStart: stamp.coldStart,
    sandbox: stamp.sandbox,
    failure: failure && {
      code: failure.code,
      phase: failure.phase,
      message: shortMessage(failure.message),
    },
  };
}

/** The parts' CRCs against the whole object's: null where they agree, undefined where nothing can be said. */
function compareTogether(
  parts: readonly FetchedPart[],
  given: GivenChecksum | undefined,
): AttemptFailure | null | undefined {
  if (!given) return undefined;
  const pieces = new PiecedCrc();
  const inOrder = [...parts].sort((a, b) => a.from - b.from);
  for (const { crc, bytes } of inOrder) pieces.add(crc, bytes);
  return crcFailure(pieces.crc, given);
}

function integrityOf(parts: readonly FetchedPart[], together: boolean, etag: string | null): Integrity {
  const bodies = parts.filter(({ isHead }) => !isHead);
  if (together || bodies.every(({ checksumVerified }) => checksumVerified)) return 'crc';
  return etag !== null && bodies.every(({ etagNamed }) => etagNamed) ? 'etag' : 'length';
}

// Without the right to list, S3 answers 403 for a key that is not there.
function partsFailure(parts: readonly FetchedPart[], { missing }: ObjectToFetch): AttemptFailure | null {
  const failure = parts.find((part) => part.failure)?.failure ?? null;
  if (!missing || failure?.code !== 'AccessDenied') return failure;
  return {
    ...failure,
    code: 'NoSuchKey',
    message: `there was no such key when the run was planned; ${failure.message}`,
  };
}
