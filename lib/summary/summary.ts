import type { Failure } from '../fetch/record';
import type { Variant } from '../run/variants';
import type { Interval, Percentiles } from './statistics';
import type { CostUsd } from './trial-numbers';

/** Numbers from records: the run's `summary.json`. */
export interface Summary {
  version: 1;
  runId: string;
  /** `incomplete`: records are missing; `stopped`: because somebody stopped the run. */
  status: 'complete' | 'incomplete' | 'stopped';
  objects: { planned: number; bytes: number };
  records: {
    expected: number;
    fetched: number;
    failed: number;
    missing: number;
    duplicates: number;
    foreign: number;
  };
  variants: VariantSummary[];
  verdict: Verdict;
  findings: never[];
  thresholds: ThresholdResult[];
  /** Failed objects, with how often, warm-ups included: at most 100, the most frequent first. */
  failures: FailedObject[];
}

export interface VariantSummary extends Variant {
  /** Counted trials of which something was recorded; every number below is from these. */
  trials: number;
  /** Every counted trial fetched every object. */
  complete: boolean;
  /** From a trial's first object's start to its last one's end. Null where no trial was recorded. */
  durationMs: Interval | null;
  /** From the state's entering to the first object's start; median. */
  orchestrationMs: number | null;
  objectMs: Percentiles | null;
  firstByteMs: Percentiles | null;
  /** Bytes of a trial by its duration; median. */
  throughputBytesPerSecond: number | null;
  speedup: { versus: string; ratio: number; low: number; high: number } | null;
  /** Of one trial, mean. */
  costUsd: CostUsd | null;
  /** Failed records in counted trials. */
  failed: number;
  /** Cold starts in counted trials. */
  coldStarts: number;
  /** Second requests that a slow answer was given, and how many of them were whole first; in counted trials. */
  hedges: { issued: number; won: number };
}

export interface Verdict {
  optimizeFor: 'balanced' | 'speed' | 'cost';
  /** Null where none can be told from another, or none is complete. */
  winner: string | null;
  tied: string[];
  why: string;
}

export interface ThresholdResult {
  threshold: string;
  limit: number;
  variant: string;
  actual: number | null;
  kept: boolean;
}

export interface FailedObject {
  index: number;
  key: string;
  failure: Failure;
  /** In so many trials. */
  times: number;
}
