import type { FetchRecord } from '../fetch/record';
import type { PlannedRun } from '../run/load-plan';
import { type Random, seededRandom } from '../run/random';
import type { DoneMarker } from '../run/record-writer';
import type { Variant } from '../run/variants';
import { type MergedRecords, mergeRecords } from './merge-records';
import { bootstrap, intervalOf, mean, median, percentilesOf, resample } from './statistics';
import type { FailedObject, Summary, VariantSummary } from './summary';
import { thresholdResults } from './thresholds';
import { type CostUsd, type TrialNumbers, trialNumbers } from './trial-numbers';
import { verdictOf } from './verdict';

export interface RunContent extends PlannedRun {
  recordLines: Iterable<string>;
  /** By trial. */
  markers: ReadonlyMap<string, readonly DoneMarker[]>;
}

interface Raced {
  variant: Variant;
  records: FetchRecord[];
  trials: TrialNumbers[];
  planned: number;
}

/** What lies in a run folder → numbers. The same content gives the same bytes, whenever and wherever. */
export function summarize(planned: RunContent, { stopped = false } = {}): Summary {
  const content = planned.plan.request.dryRun ? withoutTrials(planned) : planned;
  const { plan, objects, markers } = content;
  const merged = mergeRecords(content, content.recordLines);
  const raced = plan.variants.map((variant) => raceOf(variant, content, merged, markers));
  const random = seededRandom(plan.seed);
  const variants = raced.map((one) => variantSummary(one, raced, random));
  const racers = raced.map(({ variant, trials }, n) => ({
    id: variant.id,
    complete: variants[n]!.complete,
    trials,
  }));
  return {
    version: 1,
    runId: plan.runId,
    status: merged.missing === 0 ? 'complete' : stopped ? 'stopped' : 'incomplete',
    objects: { planned: objects.length, bytes: plan.objects.bytes },
    records: recordCounts(merged),
    variants,
    verdict: plan.request.dryRun
      ? {
          optimizeFor: plan.request.optimizeFor,
          winner: null,
          tied: [],
          why: 'a dry run: nothing was fetched',
        }
      : verdictOf(racers, plan.request),
    findings: [],
    thresholds: plan.request.dryRun ? [] : thresholdResults(plan.request.thresholds, variants),
    failures: failedObjects(merged),
  };
}

// A dry run plans its trials and runs none: nothing is missing.
function withoutTrials(content: RunContent): RunContent {
  return { ...content, plan: { ...content.plan, trials: [] } };
}

function recordCounts({ fetched, failed, missing, duplicates, foreign }: MergedRecords): Summary['records'] {
  return { expected: fetched + failed, fetched, failed, missing, duplicates, foreign };
}

function raceOf(
  variant: Variant,
  { plan }: PlannedRun,
  { byTrial }: MergedRecords,
  markers: RunContent['markers'],
): Raced {
  const counted = plan.trials.filter((trial) => trial.variant === variant.id && !trial.warmup);
  const records = counted.map(({ id }) => byTrial.get(id) ?? []);
  const trials = counted.map(({ id }, n) => trialNumbers(variant, records[n]!, markers.get(id) ?? []));
  return {
    variant,
    records: records.flat(),
    trials: trials.filter((trial) => trial !== null),
    planned: counted.length,
  };
}

function variantSummary(raced: Raced, all: readonly Raced[], random: Random): VariantSummary {
  const { variant, trials, planned, records } = raced;
  const fetched = records.filter(({ outcome }) => outcome === 'fetched');
  const failed = records.length - fetched.length;
  const orchestration = trials.flatMap(({ orchestrationMs }) => orchestrationMs ?? []);
  const firstBytes = fetched.flatMap((record) => firstByteMs(record) ?? []);
  return {
    ...variant,
    trials: trials.length,
    complete: planned > 0 && trials.length === planned && failed === 0,
    durationMs: trials.length > 0 ? intervalOf(durations(raced), random) : null,
    orchestrationMs: orchestration.length > 0 ? median(orchestration) : null,
    objectMs: fetched.length > 0 ? percentilesOf(fetched.map(({ durationMs }) => durationMs)) : null,
    firstByteMs: firstBytes.length > 0 ? percentilesOf(firstBytes) : null,
    throughputBytesPerSecond: throughputOf(trials),
    speedup: speedupOf(raced, all, random),
    costUsd: trials.length > 0 ? meanCost(trials) : null,
    failed,
    coldStarts: trials.reduce((sum, { coldStarts }) => sum + coldStarts, 0),
    hedges: hedgesOf(records),
  };
}

// A trial that was refused whole took no time, and has no rate.
function throughputOf(trials: readonly TrialNumbers[]): number | null {
  const timed = trials.filter(({ durationMs }) => durationMs > 0);
  return timed.length > 0 ? median(timed.map(({ bytes, durationMs }) => (bytes / durationMs) * 1000)) : null;
}

function hedgesOf(records: readonly FetchRecord[]): VariantSummary['hedges'] {
  const hedges = records.flatMap(({ attempts }) => attempts.filter(({ hedge }) => hedge));
  return { issued: hedges.length, won: hedges.filter(({ error }) => error === null).length };
}

const durations = ({ trials }: Raced) => trials.map(({ durationMs }) => durationMs);

/** From the object's start to the first byte of an answer that counted, connection and waiting included. */
function firstByteMs({ attempts }: FetchRecord): number | null {
  const times = attempts
    .filter(({ error }) => error === null)
    .map(({ offsetMs, durationMs, phasesMs }) => offsetMs + durationMs - (phasesMs.body ?? 0));
  return times.length > 0 ? Math.min(...times) : null;
}

function speedupOf(raced: Raced, all: readonly Raced[], random: Random): VariantSummary['speedup'] {
  const base = baseOf(raced, all);
  const timed = ({ trials }: Raced) => trials.length > 0 && trials.every(({ durationMs }) => durationMs > 0);
  if (!timed(raced) || !timed(base)) return null;
  const ratio = (of: number[], to: number[]) => median(to) / median(of);
  const interval =
    base === raced
      ? { low: 1, high: 1 }
      : bootstrap(() => ratio(resample(durations(raced), random), resample(durations(base), random)));
  return { versus: base.variant.id, ratio: ratio(durations(raced), durations(base)), ...interval };
}

// Sequential with the same client and memory; where that was not raced, the first variant.
function baseOf({ variant }: Raced, all: readonly Raced[]): Raced {
  const alike = all.filter(
    ({ variant: other }) => other.strategy === 'sequential' && other.client === variant.client,
  );
  return (
    alike.find(({ variant: other }) => other.memorySizeMb === variant.memorySizeMb) ?? alike[0] ?? all[0]!
  );
}

function meanCost(trials: readonly TrialNumbers[]): CostUsd {
  const of = (part: keyof CostUsd) => mean(trials.map(({ costUsd }) => costUsd[part]));
  return { total: of('total'), lambda: of('lambda'), stepFunctions: of('stepFunctions'), s3: of('s3') };
}

const mostFailures = 100;

function failedObjects({ byTrial }: MergedRecords): FailedObject[] {
  const found = new Map<string, FailedObject>();
  for (const records of byTrial.values())
    for (const { index, key, failure } of records) {
      if (!failure) continue;
      const id = `${index} ${failure.code}`;
      const known = found.get(id);
      if (known) known.times++;
      else found.set(id, { index, key, failure, times: 1 });
    }
  return [...found.values()].sort((a, b) => b.times - a.times || a.index - b.index).slice(0, mostFailures);
}
