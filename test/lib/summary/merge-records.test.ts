import * as fc from 'fast-check';
import type { FetchRecord } from '../../../lib/fetch/record';
import { mergeRecords } from '../../../lib/summary/merge-records';
import { failedRecord, linesOf, plannedRun, recordOf } from './made-up-run';

const run = plannedRun({ strategies: ['sequential', 'concurrent'], num: 2, warmup: 1 }, 4);
const trials = run.plan.trials.map(({ id }) => id);
const first = trials[0]!;

const anyRecord: fc.Arbitrary<FetchRecord> = fc
  .record({
    trial: fc.constantFrom(...trials),
    index: fc.nat(3),
    ok: fc.boolean(),
    startMs: fc.nat(3),
    durationMs: fc.nat(3),
    sandbox: fc.constantFrom('a', 'b'),
  })
  .map(({ trial, index, ok, ...change }) => (ok ? recordOf : failedRecord)(trial, index, change));

const noRecord = fc.oneof(
  fc.string(),
  fc.json(),
  anyRecord.map((record) => JSON.stringify({ ...record, trial: 'another#1' })),
  anyRecord.map((record) => JSON.stringify({ ...record, index: 99 })),
  anyRecord.map((record) => JSON.stringify({ ...record, key: 'another' })),
  anyRecord.map((record) => JSON.stringify({ ...record, attempts: [null] })),
  anyRecord.map((record) => JSON.stringify({ ...record, durationMs: -1 })),
  anyRecord.map((record) => JSON.stringify({ ...record, version: 2 })),
  anyRecord.map((record) => JSON.stringify(record).slice(0, -1)),
);

const ends = ({ startMs, durationMs }: FetchRecord) => startMs + durationMs;

test('exactly one record an object a trial, and every line is accounted for', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 60 }), fc.array(noRecord), (records, rubbish) => {
      const merged = mergeRecords(run, [...rubbish, ...linesOf(records)]);
      expect([...merged.byTrial.keys()]).toEqual(trials);
      const all = [...merged.byTrial.values()].flat();
      expect(all.map(({ trial, index }) => `${trial} ${index}`)).toEqual(
        trials.flatMap((trial) => [0, 1, 2, 3].map((index) => `${trial} ${index}`)),
      );
      const { fetched, failed, missing, duplicates, foreign } = merged;
      expect(fetched + failed).toBe(all.length);
      expect(foreign).toBe(rubbish.length);
      expect(all.length - missing + duplicates).toBe(records.length);
    }),
  );
});

test('an ok record beats a failed one, then the earlier one wins', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 60 }), (records) => {
      for (const winner of [...mergeRecords(run, linesOf(records)).byTrial.values()].flat()) {
        const rivals = records.filter(({ trial, index }) => trial === winner.trial && index === winner.index);
        if (winner.failure?.code === 'NoRecord') expect(rivals).toEqual([]);
        else {
          const ok = rivals.filter(({ outcome }) => outcome === 'fetched');
          const best = ok.length > 0 ? ok : rivals;
          expect(best).toContainEqual(winner);
          expect(ends(winner)).toBe(Math.min(...best.map(ends)));
        }
      }
    }),
  );
});

test('the order of the lines changes nothing', () => {
  const shuffled = fc
    .array(anyRecord, { maxLength: 40 })
    .chain((records) =>
      fc.tuple(
        fc.constant(linesOf(records)),
        fc.shuffledSubarray(linesOf(records), { minLength: records.length, maxLength: records.length }),
      ),
    );
  fc.assert(
    fc.property(shuffled, ([lines, others]) => {
      expect(mergeRecords(run, others)).toEqual(mergeRecords(run, lines));
    }),
  );
});

test('the same delivery again changes nothing but the count of duplicates', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 30 }), (records) => {
      const once = mergeRecords(run, linesOf(records));
      const twice = mergeRecords(run, linesOf([...records, ...records]));
      expect(twice).toEqual({ ...once, duplicates: once.duplicates + records.length });
    }),
  );
});

test('where no record came, one is made that says so', () => {
  const merged = mergeRecords(run, linesOf([recordOf(first, 0)]));
  expect(merged).toMatchObject({ fetched: 1, failed: 23, missing: 23, duplicates: 0, foreign: 0 });
  expect(merged.byTrial.get(first)![1]).toMatchObject({
    trial: first,
    index: 1,
    key: 'data/1',
    outcome: 'failed',
    bytes: 0,
    attempts: [],
    failure: { code: 'NoRecord' },
  });
});

test.each([
  ['fetched, with a failure', { failure: { code: 'Other', phase: null, message: '' } }],
  ['failed, without one', { outcome: 'failed' as const }],
  ['an outcome of its own', { outcome: 'lost' as 'failed' }],
  ['an attempt without phases', { attempts: [{ offsetMs: 0, durationMs: 0, error: null }] as never }],
  ['bytes as text', { bytes: '1000' as never }],
])('a record that contradicts itself is none: %s', (_, change) => {
  expect(mergeRecords(run, linesOf([recordOf(first, 0, change)]))).toMatchObject({ foreign: 1, fetched: 0 });
});
