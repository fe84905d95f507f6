import { type Attempt, type Failure, type FetchRecord, phaseNames } from '../fetch/record';

/** A line of a record file → the record; null where it is none: a file may be cut, or somebody else's. */
export function parseRecord(line: string): FetchRecord | null {
  try {
    const value = JSON.parse(line) as unknown;
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

type Loose<T> = { [K in keyof T]?: unknown };

function isRecord(value: unknown): value is FetchRecord {
  const record = (value ?? {}) as Loose<FetchRecord>;
  const { failure, attempts } = record;
  return (
    record.version === 1 &&
    typeof record.trial === 'string' &&
    Number.isSafeInteger(record.index) &&
    isAmount(record.bytes) &&
    isAmount(record.startMs) &&
    isAmount(record.durationMs) &&
    Array.isArray(attempts) &&
    attempts.every(isAttempt) &&
    (record.outcome === 'fetched' ? failure === null : record.outcome === 'failed' && isFailure(failure))
  );
}

function isAttempt(value: unknown): value is Attempt {
  const { offsetMs, durationMs, phasesMs, error } = (value ?? {}) as Loose<Attempt>;
  const phases = (phasesMs ?? {}) as Loose<Attempt['phasesMs']>;
  return (
    isAmount(offsetMs) &&
    isAmount(durationMs) &&
    phaseNames.every((name) => phases[name] === null || isAmount(phases[name])) &&
    (error === null || typeof error === 'object')
  );
}

function isFailure(value: unknown): value is Failure {
  const { code, message } = (value ?? {}) as Loose<Failure>;
  return typeof code === 'string' && typeof message === 'string';
}

const isAmount = (value: unknown): value is number => typeof value === 'number' && value >= 0;
