import type { FetchRecord } from '../fetch/record';
import type { DoneMarker } from '../run/record-writer';
import { type Strategy, strategies } from '../run/strategies';
import type { Variant } from '../run/variants';
import { isMissing } from './merge-records';
import { prices } from './prices';
import { ascending } from './statistics';

export interface CostUsd {
  total: number;
  lambda: number;
  stepFunctions: number;
  s3: number;
}

/** What one trial came to. */
export interface TrialNumbers {
  /** From the first object's start to the last one's end. */
  durationMs: number;
  /** From the state machine's entering the fetch state to the first object's start; null where no invocation told. */
  orchestrationMs: number | null;
  bytes: number;
  failed: number;
  missing: number;
  coldStarts: number;
  costUsd: CostUsd;
}

/** Null where nothing of the trial was recorded: there is no duration to tell. */
export function trialNumbers(
  variant: Variant,
  records: readonly FetchRecord[],
  markers: readonly DoneMarker[],
): TrialNumbers | null {
  const present = records.filter((record) => !isMissing(record));
  if (present.length === 0) return null;
  const { startMs, endMs } = spanOf(present);
  const invocations = markers.map(({ invocation }) => invocation);
  // Nobody who invokes the Lambda by hand says when the state was entered.
  const enteredMs = invocations.map((invocation) => invocation.enteredMs).filter(Number.isFinite);
  return {
    durationMs: endMs - startMs,
    orchestrationMs: enteredMs.length > 0 ? startMs - leastOf(enteredMs) : null,
    bytes: present.reduce((sum, { bytes }) => sum + bytes, 0),
    failed: records.filter(({ outcome }) => outcome === 'failed').length,
    missing: records.length - present.length,
    coldStarts: invocations.filter(({ coldStart }) => coldStart).length,
    costUsd: costOf(variant, present, markers),
  };
}

// What the user's own Lambda would pay: the time in which objects were fetched, not our book-keeping around it.
function costOf(variant: Variant, records: readonly FetchRecord[], markers: readonly DoneMarker[]): CostUsd {
  const { spread } = strategies[variant.strategy];
  const windows = windowsMs(records, spread);
  // In order of size: markers come in any order, and a sum of fractions depends on it.
  const inits = ascending(markers.map(({ invocation }) => invocation.initMs ?? 0));
  const initMs = inits.reduce((sum, ms) => sum + ms, 0);
  const billedMs = windows.reduce((sum, ms) => sum + Math.ceil(ms), Math.ceil(initMs));
  const gbSeconds = (billedMs / 1000) * (variant.memorySizeMb / 1024);
  const requests = records.reduce((sum, { attempts }) => sum + attempts.length, 0);
  const lambda = gbSeconds * prices.lambdaGbSecond + windows.length * prices.lambdaRequest;
  const stepFunctions = transitionsOf(spread, windows.length) * prices.stateTransition;
  const s3 = requests * prices.s3GetRequest;
  return { total: lambda + stepFunctions + s3, lambda, stepFunctions, s3 };
}

// One Lambda fetched all of them, or each its own.
function windowsMs(records: readonly FetchRecord[], spread: Strategy['spread']): number[] {
  if (spread === 'lambda-per-object') return records.map(({ durationMs }) => durationMs);
  const { startMs, endMs } = spanOf(records);
  return [endMs - startMs];
}

function spanOf(records: readonly FetchRecord[]): { startMs: number; endMs: number } {
  return {
    startMs: leastOf(records.map(({ startMs }) => startMs)),
    endMs: -leastOf(records.map(({ startMs, durationMs }) => -(startMs + durationMs))),
  };
}

// A loop: a trial may have more records than a call takes arguments.
const leastOf = (values: readonly number[]) =>
  values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);

// The states that a trial enters: the Choice, then one Task, or the Map and a Task for each object.
function transitionsOf(spread: Strategy['spread'], lambdas: number): number {
  return spread === 'lambda-per-object' ? 2 + lambdas : 2;
}
