import * as fc from 'fast-check';
import { seededRandom } from '../../../lib/run/random';
import { intervalOf, median, percentilesOf, quantile } from '../../../lib/summary/statistics';

const amount = fc.double({ min: 0, max: 1e7, noNaN: true });
const amounts = fc.array(amount, { minLength: 1, maxLength: 40 });

// Weighs the neighbours of the place, where ours walks from one to the other.
function naiveQuantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (values.length - 1) * q;
  const share = place % 1;
  const next = sorted[Math.ceil(place)]!;
  return sorted[Math.floor(place)]! * (1 - share) + next * share;
}

test('a quantile is what the textbook says', () => {
  const q = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(amounts, q, (values, at) => {
      const sorted = values.toSorted((a, b) => a - b);
      const found = quantile(sorted, at);
      expect(Math.abs(found - naiveQuantile(values, at))).toBeLessThanOrEqual(1e-6);
      expect(found).toBeGreaterThanOrEqual(sorted[0]!);
      expect(found).toBeLessThanOrEqual(sorted.at(-1)! * (1 + 1e-15));
    }),
  );
});

test('half of the values lie on each side of the median', () => {
  fc.assert(
    fc.property(amounts, (values) => {
      const middle = median(values);
      expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
    }),
  );
});

test.each([
  [[7], 7],
  [[1, 2], 1.5],
  [[3, 1, 2], 2],
  [[378, 235, 240], 240],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('percentiles grow, and the greatest is the maximum', () => {
  expect(percentilesOf([...Array(101).keys()])).toEqual({ p50: 50, p90: 90, p99: 99, max: 100 });
  expect(percentilesOf([5])).toEqual({ p50: 5, p90: 5, p99: 5, max: 5 });
});

test('an interval holds its median, lies within the values, and is the same for the same seed', () => {
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 12 }), fc.nat(), (values, seed) => {
      const { median, low, high, min, max } = intervalOf(values, seededRandom(seed));
      const rising = [min, low, median, high, max];
      expect(rising).toEqual(rising.toSorted((a, b) => a - b));
      expect([min, max]).toEqual([Math.min(...values), Math.max(...values)]);
      expect(intervalOf(values, seededRandom(seed))).toEqual({ median, low, high, min, max });
    }),
    { numRuns: 40 },
  );
});

test('values that are alike leave no doubt, values that differ leave some', () => {
  expect(intervalOf([5, 5, 5, 5], seededRandom(1))).toEqual({ median: 5, low: 5, high: 5, min: 5, max: 5 });
  const { low, high } = intervalOf([1, 2, 3, 4, 100], seededRandom(1));
  expect(low).toBeLessThan(3);
  expect(high).toBeGreaterThan(3);
});
