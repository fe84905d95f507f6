import { prices } from '../../../lib/summary/prices';
import { type CostUsd, trialNumbers } from '../../../lib/summary/trial-numbers';
import { failedRecord, markerOf, plannedRun, recordOf } from './made-up-run';

const { plan } = plannedRun({ strategies: ['concurrent', 'map'], memorySizes: [2048] }, 3);
const [concurrent, map] = [plan.variants[0]!, plan.variants[1]!];

// Three objects: 0 to 10.5 ms, 4 to 24.2 ms, 8 to 18 ms.
const records = [
  recordOf('t', 0, { startMs: 1_000_000, durationMs: 10.5 }),
  recordOf('t', 1, { startMs: 1_000_004, durationMs: 20.25 }),
  recordOf('t', 2, { startMs: 1_000_008, durationMs: 10 }),
];
const twoAttempts = { attempts: [...recordOf('t', 0).attempts, ...recordOf('t', 0).attempts] };

/** The parts of a cost that differ by more than a rounding error. */
function wrongParts(found: CostUsd, expected: Omit<CostUsd, 'total'>): string[] {
  const total = expected.lambda + expected.stepFunctions + expected.s3;
  const all = { ...expected, total };
  return (Object.keys(all) as (keyof CostUsd)[]).filter(
    (part) => !(Math.abs(found[part] - all[part]) <= 1e-12),
  );
}

test('one Lambda pays from its first object to its last, and once for being called', () => {
  const { costUsd } = trialNumbers(concurrent, records, [markerOf({ initMs: 100.4, coldStart: true })])!;
  // 24.25 ms are billed as 25, and 101 of init; 2 GB; 2 states entered, 3 GETs.
  const expected = {
    lambda: 0.126 * 2 * 0.0000133334 + 0.0000002,
    stepFunctions: 2 * 0.000025,
    s3: 3 * 0.0000004,
  };
  expect(wrongParts(costUsd, expected)).toEqual([]);
});

test('a Lambda an object pays for each, and for each state', () => {
  const markers = [
    markerOf({ initMs: 80.5, coldStart: true }),
    markerOf({ initMs: 70, coldStart: true }),
    markerOf(),
  ];
  const { costUsd, coldStarts } = trialNumbers(map, records, markers)!;
  // 11 + 21 + 10 ms of fetching, 151 of init; the Choice, the Map and three Tasks.
  const expected = {
    lambda: 0.193 * 2 * 0.0000133334 + 3 * 0.0000002,
    stepFunctions: 5 * 0.000025,
    s3: 3 * 0.0000004,
  };
  expect(wrongParts(costUsd, expected)).toEqual([]);
  expect(coldStarts).toBe(2);
});

test('a retry is a request that is paid', () => {
  const retried = [recordOf('t', 0, twoAttempts)];
  expect(trialNumbers(concurrent, retried, [])!.costUsd.s3).toBeCloseTo(2 * prices.s3GetRequest, 15);
});

test('a trial lasts from its first object’s start to its last one’s end, failed ones included', () => {
  const numbers = trialNumbers(
    concurrent,
    [...records, failedRecord('t', 3, { startMs: 999_990, durationMs: 99 })],
    [markerOf({ enteredMs: 999_900 }), markerOf({ enteredMs: 999_950 })],
  )!;
  expect(numbers).toMatchObject({ durationMs: 99, orchestrationMs: 90, bytes: 3000, failed: 1, missing: 0 });
});

test('nothing recorded, nothing told', () => {
  const missing = failedRecord('t', 0, { failure: { code: 'NoRecord', phase: null, message: '' } });
  expect(trialNumbers(concurrent, [missing], [markerOf()])).toBeNull();
  expect(trialNumbers(concurrent, [missing, ...records], [])).toMatchObject({ missing: 1, failed: 1 });
});

test.each([
  ['no marker', []],
  ['a marker that tells no time', [markerOf({ enteredMs: null as unknown as number })]],
])('%s tells no orchestration', (_, markers) => {
  expect(trialNumbers(concurrent, records, markers)!.orchestrationMs).toBeNull();
});

test('a trial of very many objects is counted like any other', () => {
  const many = Array.from({ length: 200_000 }, (_, n) => ({
    ...records[0]!,
    index: n,
    startMs: 1_000_000 + n,
  }));
  expect(trialNumbers(concurrent, many, [])!.durationMs).toBe(200_009.5);
});
