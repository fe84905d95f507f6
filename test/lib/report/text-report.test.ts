import { formatReport } from '../../../lib/report/text-report';
import { verdictSentence } from '../../../lib/report/verdict-sentence';
import { summarize } from '../../../lib/summary/summarize';
import type { Summary } from '../../../lib/summary/summary';
import { failedRecord, linesOf, plannedRun, recordOf, wholeRun } from '../summary/made-up-run';

const run = plannedRun({ strategies: ['sequential', 'concurrent', 'map'], num: 3, warmup: 0, seed: 7 }, 3);
const took = (trial: string) =>
  trial.startsWith('sequential') ? 857.4 : trial.startsWith('map') ? 120 : 366;
const summaryOf = (records = wholeRun(run, took), its = run): Summary =>
  summarize({ ...its, recordLines: linesOf(records), markers: new Map() });
const plain = (summary: Summary) => formatReport(summary, { color: false });

test('a run at a glance', () => {
  expect(plain(summaryOf())).toMatchInlineSnapshot(`
"Winner: concurrent-8-sdk, 1.10 s (1.10 s – 1.10 s), 2.34× (2.34× – 2.34×) as fast as sequential-1-sdk
  best for balanced; the next, map-8-sdk, is worse by more than the 95 % interval of the difference

variant             time  95 % interval                      first byte  throughput  speed-up  cost/1,000 runs  not fetched
sequential-1-sdk  2.57 s  2.57 s – 2.57 s  ████████████████      6.0 ms   1.1 KiB/s     1.00×            $0.09            0
concurrent-8-sdk  1.10 s  1.10 s – 1.10 s  ██████▉               6.0 ms   2.7 KiB/s     2.34×            $0.07            0
map-8-sdk         360 ms  360 ms – 360 ms  ██▎                   6.0 ms   8.1 KiB/s     7.15×            $0.13            0

time: first object's start to last object's end, median of 3 trials, interval by bootstrap
speed-up: over sequential-1-sdk
cost on AWS: Lambda, Step Functions and S3 requests of the fetching alone, us-east-1, for these durations
records: 27 of 27 fetched, 0 failed; run complete
"
`);
});

test('a run in which something failed', () => {
  const records = wholeRun(run, took).map((record) =>
    record.trial.startsWith('map') && record.index === 1 ? failedRecord(record.trial, 1) : record,
  );
  expect(plain(summaryOf(records.slice(1)))).toMatchInlineSnapshot(`
"Winner: sequential-1-sdk, 2.57 s (2.57 s – 2.57 s)
  the only variant that fetched every object in every trial; 2 incomplete variant(s) could not win

variant             time  95 % interval                      first byte  throughput  speed-up  cost/1,000 runs  not fetched
sequential-1-sdk  2.57 s  2.57 s – 2.57 s  ████████████████      6.0 ms   1.1 KiB/s     1.00×            $0.09            0
concurrent-8-sdk  1.10 s  732 ms – 1.10 s  ██████▉               6.0 ms   2.7 KiB/s     2.34×            $0.06            1
map-8-sdk         360 ms  360 ms – 360 ms  ██▎                   6.0 ms   5.4 KiB/s     7.15×            $0.13            3

time: first object's start to last object's end, median of 3 trials, interval by bootstrap
speed-up: over sequential-1-sdk
cost on AWS: Lambda, Step Functions and S3 requests of the fetching alone, us-east-1, for these durations
records: 23 of 27 fetched, 3 failed, 1 without a record; run incomplete

failed objects
  data/1: NoSuchKey in firstByte, 3 time(s): not there

fetches without a record: 1 (the trial did not run, its Lambda was killed, or the file was lost)
"
`);
});

const withVerdict = (verdict: Partial<Summary['verdict']>): Summary => {
  const summary = summaryOf();
  return { ...summary, verdict: { ...summary.verdict, ...verdict } };
};

test.each([
  [{ winner: null, tied: ['a', 'b'] }, 'Tie: a, b'],
  [{ winner: null, tied: [] }, 'No winner'],
  [{ winner: 'sequential-1-sdk', tied: [] }, 'Winner: sequential-1-sdk, 2.57 s (2.57 s – 2.57 s)'],
  [
    { winner: 'map-8-sdk', tied: [] },
    'Winner: map-8-sdk, 360 ms (360 ms – 360 ms), 7.15× (7.15× – 7.15×) as fast as sequential-1-sdk',
  ],
])('%j is said in one sentence', (verdict, sentence) => {
  expect(verdictSentence(withVerdict(verdict))).toBe(sentence);
  expect(plain(withVerdict(verdict)).split('\n')[0]).toBe(sentence);
});

test('a key of somebody else’s cannot break a line, colour it or turn it round', () => {
  const key = 'data/\u001b[31mred\nrecords: 9 of 9 fetched\r\u202egnp.exe\u2028\u0007\ud83d';
  const objects = [{ index: 0, key, sizeBytes: 1, etag: null }];
  const its = { plan: { ...run.plan }, objects };
  const failure = { code: 'Other', phase: null, message: 'said\n\u001b[2Jthe server' };
  const records = its.plan.trials.map(({ id }) => failedRecord(id, 0, { key, failure }));
  const report = plain(summaryOf(records, its));
  expect(report).not.toMatch(/[^\P{C}\n]/u);
  expect(report.split('\n').filter((line) => line.startsWith('records: '))).toHaveLength(1);
  expect(report).toContain(
    'data/\\u{1b}[31mred\\u{a}records: 9 of 9 fetched\\u{d}\\u{202e}gnp.exe\\u{2028}\\u{7}\\u{d83d}: Other, 9 time(s): said\\u{a}\\u{1b}[2Jthe server',
  );
});

test('colours add nothing but colours', () => {
  const summary = summaryOf();
  const painted = formatReport(summary, { color: true });
  const escape = String.fromCharCode(27);
  expect(painted).toContain(`${escape}[1m`);
  expect(painted.replaceAll(new RegExp(`${escape}\\[\\d+m`, 'g'), '')).toBe(plain(summary));
});

test('a trial that took no time draws a line like any other', () => {
  const records = run.plan.trials.flatMap(({ id }) =>
    run.objects.map(({ index }) => recordOf(id, index, { startMs: 1_000_000, durationMs: 0 })),
  );
  expect(plain(summaryOf(records))).not.toMatch(/undefined|NaN|Infinity/);
});

test('a run of which nothing came is a report too', () => {
  expect(plain(summaryOf([]))).not.toMatch(/undefined|NaN|Infinity|null/);
  expect(plain(summaryOf([]))).toContain(
    'records: 0 of 27 fetched, 0 failed, 27 without a record; run incomplete',
  );
});

test('a broken threshold is told with its limit', () => {
  const held = plannedRun(
    { strategies: ['sequential'], num: 3, warmup: 0, thresholds: { p99Ms: 500, failed: 0 } },
    3,
  );
  const report = plain(summaryOf(wholeRun(held, took), held));
  expect(report).toContain('threshold broken: p99Ms of sequential-1-sdk is 857.4, limit 500');
  expect(report).not.toContain('threshold broken: failed');
});

test('of many failures ten are shown and the rest are counted', () => {
  const many = plannedRun({ strategies: ['sequential'], num: 1, warmup: 0 }, 14);
  const records = many.objects.map(({ index }) => failedRecord(many.plan.trials[0]!.id, index));
  const report = plain(summaryOf(records, many));
  expect(report.match(/^ {2}data\/\d+: NoSuchKey in firstByte, 1 time\(s\): not there$/gm)).toHaveLength(10);
  expect(report).toContain('  … and 4 more');
});
