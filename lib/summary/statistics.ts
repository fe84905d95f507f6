import type { Random } from '../run/random';

/** A median with the interval that the median of other such trials would lie in, 95 times of 100. */
export interface Interval {
  median: number;
  low: number;
  high: number;
  min: number;
  max: number;
}

/** The value below which a share `q` of the sorted values lies, interpolated (type 7, as R and NumPy do). */
export function quantile(sorted: readonly number[], q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * q;
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (at - below);
}

export const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);
export const median = (values: readonly number[]) => quantile(ascending(values), 0.5);
export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const resamples = 2_000;

/** Draws as many values again, with putting back: one resample of the bootstrap. */
export function resample<T>(values: readonly T[], random: Random): T[] {
  return values.map(() => values[Math.floor(random() * values.length)]!);
}

/** The middle 95 % of what `statistic` gives over seeded resamples (percentile bootstrap). */
export function bootstrap(statistic: () => number): { low: number; high: number } {
  const results = ascending(Array.from({ length: resamples }, statistic));
  return { low: quantile(results, 0.025), high: quantile(results, 0.975) };
}

export function intervalOf(values: readonly number[], random: Random): Interval {
  const sorted = ascending(values);
  const { low, high } = bootstrap(() => median(resample(values, random)));
  return { median: quantile(sorted, 0.5), low, high, min: sorted[0]!, max: sorted.at(-1)! };
}

export interface Percentiles {
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

export function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = ascending(values);
  return {
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p99: quantile(sorted, 0.99),
    max: quantile(sorted, 1),
  };
}
