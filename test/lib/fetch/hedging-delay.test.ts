import * as fc from 'fast-check';
import { Hedging } from '../../../lib/fetch/hedging';

const ms = fc.double({ min: 0, max: 10_000, noNaN: true });
const percentile = fc.integer({ min: 50, max: 99 });

const hedgingAfter = (share: number, samples: readonly number[], sizeBytes: number | null = 1_000) => {
  const hedging = new Hedging(share);
  for (const sample of samples) hedging.add(sizeBytes, sample);
  return hedging;
};

test('below 20 samples nothing is known', () => {
  fc.assert(
    fc.property(percentile, fc.array(ms, { maxLength: 19 }), (share, samples) => {
      expect(hedgingAfter(share, samples).delayMs(1_000)).toBeNull();
    }),
  );
});

test('no more than the share that was asked for is slower than the delay', () => {
  fc.assert(
    fc.property(percentile, fc.array(ms, { minLength: 20, maxLength: 400 }), (share, samples) => {
      const delayMs = hedgingAfter(share, samples).delayMs(1_000)!;
      const slower = samples.filter((sample) => sample > delayMs).length;
      expect(slower).toBeLessThanOrEqual((samples.length * (100 - share)) / 100);
      expect(delayMs).toBeLessThanOrEqual(1.2 * Math.max(...samples));
    }),
  );
});

test('the last 400 samples count', () => {
  const slowThenFast = [...Array(1_000).fill(900), ...Array(400).fill(10)];
  expect(hedgingAfter(95, slowThenFast).delayMs(1_000)).toBeCloseTo(12);
});

test('objects of another size say nothing, those of about the same size do', () => {
  const hedging = hedgingAfter(95, Array(20).fill(10));
  expect(hedging.delayMs(900)).not.toBeNull();
  for (const other of [0, 100, 100_000, null]) expect(hedging.delayMs(other)).toBeNull();
});
