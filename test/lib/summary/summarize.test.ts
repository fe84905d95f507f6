import * as fc from 'fast-check';
import type { DoneMarker } from '../../../lib/run/record-writer';
import { formatSummary } from '../../../lib/summary/run-outcome';
import { summarize } from '../../../lib/summary/summarize';
import { failedRecord, linesOf, markerOf, plannedRun, recordOf, wholeRun } from './made-up-run';

const request = { strategies: ['sequential' as const, 'map' as const], num: 3, warmup: 1, seed: 7 };
const run = plannedRun(request, 4);
const noMarkers = new Map<string, DoneMarker[]>();
const took = (trial: string) => (trial.startsWith('map') ? 5 : 20);
const records = wholeRun(run, took);

const summaryOf = (lines: string[], markers = noMarkers, its = run, stopped = false) =>
  summarize({ ...its, recordLines: lines, markers }, { stopped });

test('a whole run is complete, and its numbers are those of the counted trials', () => {
  const warm = records.map((record) =>
    record.trial.includes('#w') ? { ...record, durationMs: 9_000 } : record,
  );
  const summary = summaryOf(linesOf(warm));
  expect(summary).toMatchObject({
    version: 1,
    runId: 'r1',
    status: 'complete',
    objects: { planned: 4, bytes: 4000 },
    records: { expected: 32, fetched: 32, failed: 0, missing: 0, duplicates: 0, foreign: 0 },
    verdict: { winner: 'map-8-sdk' },
    failures: [],
  });
  expect(summary.variants).toMatchObject([
    {
      id: 'sequential-1-sdk',
      strategy: 'sequential',
      trials: 3,
      complete: true,
      durationMs: { median: 80, low: 80, high: 80, min: 80, max: 80 },
      objectMs: { p50: 20, max: 20 },
      throughputBytesPerSecond: 50_000,
      speedup: { versus: 'sequential-1-sdk', ratio: 1, low: 1, high: 1 },
      failed: 0,
    },
    { id: 'map-8-sdk', durationMs: { median: 20 }, speedup: { ratio: 4, low: 4, high: 4 } },
  ]);
});

test('first byte is told from the object’s start to the first byte of the answer that counted', () => {
  const base = recordOf('x', 0).attempts[0]!;
  const withRetry = records.map((record) => ({
    ...record,
    attempts: [
      { ...base, error: { code: 'InternalError', message: '' } },
      { ...base, n: 2, offsetMs: 100, durationMs: 10 },
    ],
  }));
  // 100 ms until the second attempt, 10 ms of it, 4 of them the body.
  expect(summaryOf(linesOf(withRetry)).variants[0]!.firstByteMs).toEqual({
    p50: 106,
    p90: 106,
    p99: 106,
    max: 106,
  });
});

test('the order of lines and markers changes no byte', () => {
  const markers = run.plan.trials.flatMap(({ id }) =>
    [0.1, 0.2, 0.3, 0.7].map(
      (initMs, n) => [id, markerOf({ initMs: initMs * 100.3, requestId: `q${n}` })] as const,
    ),
  );
  const grouped = (list: typeof markers) => {
    const all = new Map<string, DoneMarker[]>();
    for (const [id, marker] of list) all.set(id, [...(all.get(id) ?? []), marker]);
    return all;
  };
  const lines = [...linesOf(records), ...linesOf(records.slice(0, 5)), 'rubbish', '{}'];
  const expected = formatSummary(summaryOf(lines, grouped(markers)));
  const whole = <T>(list: T[]) =>
    fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length });
  fc.assert(
    fc.property(whole(lines), whole(markers), (otherLines, otherMarkers) => {
      expect(formatSummary(summaryOf(otherLines, grouped(otherMarkers)))).toBe(expected);
    }),
    { numRuns: 10 },
  );
});

test('what is missing makes a run incomplete, or stopped where somebody stopped it', () => {
  const lines = linesOf(records.slice(1));
  expect(summaryOf(lines)).toMatchObject({ status: 'incomplete', records: { missing: 1, failed: 1 } });
  expect(summaryOf(lines, noMarkers, run, true).status).toBe('stopped');
  expect(summaryOf(linesOf(records), noMarkers, run, true).status).toBe('complete');
});

test('a run of which nothing came has no numbers and no winner', () => {
  const summary = summaryOf([]);
  expect(summary).toMatchObject({ status: 'incomplete', verdict: { winner: null, tied: [] } });
  for (const variant of summary.variants)
    expect(variant).toMatchObject({
      trials: 0,
      complete: false,
      durationMs: null,
      objectMs: null,
      firstByteMs: null,
      throughputBytesPerSecond: null,
      speedup: null,
      costUsd: null,
      failed: 12,
    });
});

test('a failed object is counted, named, and keeps its variant from winning; its time is no object’s time', () => {
  const spoiled = records.map((record) =>
    record.trial === 'map-8-sdk#2' && record.index === 3
      ? failedRecord(record.trial, 3, { startMs: record.startMs, durationMs: 60_000 })
      : record,
  );
  const summary = summaryOf(linesOf(spoiled));
  expect(summary.status).toBe('complete');
  expect(summary.verdict.winner).toBe('sequential-1-sdk');
  expect(summary.variants[1]).toMatchObject({ complete: false, failed: 1, objectMs: { max: 5 } });
  // Nothing is trimmed: the trial took as long as it took.
  expect(summary.variants[1]!.durationMs!.max).toBeGreaterThan(60_000);
  expect(summary.failures).toEqual([
    {
      index: 3,
      key: 'data/3',
      times: 1,
      failure: { code: 'NoSuchKey', phase: 'firstByte', message: 'not there' },
    },
  ]);
});

test('failures come by how often, a hundred at most', () => {
  const many = plannedRun({ strategies: ['sequential'], num: 2, warmup: 0 }, 150);
  const failed = many.plan.trials.flatMap(({ id }, n) =>
    many.objects.filter(({ index }) => n === 0 || index > 140).map(({ index }) => failedRecord(id, index)),
  );
  const { failures } = summaryOf(linesOf(failed), noMarkers, many);
  expect(failures).toHaveLength(100);
  expect(failures.slice(0, 9).every(({ times, index }) => times === 2 && index > 140)).toBe(true);
});

test('objects that were refused without a request have no rate, and break no number', () => {
  const refused = records.map(({ trial, index }) =>
    failedRecord(trial, index, { startMs: 1_000_000, durationMs: 0, attempts: [] }),
  );
  const summary = summaryOf(linesOf(refused));
  expect(summary.variants[0]).toMatchObject({ throughputBytesPerSecond: null, speedup: null });
  expect(JSON.parse(formatSummary(summary))).toEqual(summary);
});

test('thresholds are held against every variant; what was not measured does not keep one', () => {
  const thresholds = { failed: 0, p99Ms: 10 };
  const held = plannedRun({ ...request, thresholds }, 4);
  expect(summaryOf(linesOf(records), noMarkers, held).thresholds).toEqual([
    { threshold: 'failed', limit: 0, variant: 'sequential-1-sdk', actual: 0, kept: true },
    { threshold: 'failed', limit: 0, variant: 'map-8-sdk', actual: 0, kept: true },
    { threshold: 'p99Ms', limit: 10, variant: 'sequential-1-sdk', actual: 20, kept: false },
    { threshold: 'p99Ms', limit: 10, variant: 'map-8-sdk', actual: 5, kept: true },
  ]);
  expect(summaryOf([], noMarkers, held).thresholds.map(({ actual, kept }) => [actual, kept])).toEqual([
    [12, false],
    [12, false],
    [null, false],
    [null, false],
  ]);
});

test('a dry run fetched nothing, failed nothing and broke nothing', () => {
  const dry = plannedRun({ ...request, dryRun: true, thresholds: { failed: 0, p99Ms: 1 } }, 4);
  const summary = summaryOf([], noMarkers, dry);
  expect(summary).toMatchObject({
    status: 'complete',
    records: { expected: 0, fetched: 0, failed: 0, missing: 0 },
    verdict: { winner: null, why: 'a dry run: nothing was fetched' },
    thresholds: [],
    failures: [],
  });
  expect(summary.variants.map(({ failed, trials }) => [failed, trials])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});
