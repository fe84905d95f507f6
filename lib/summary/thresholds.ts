import type { ResolvedRequest } from '../run/resolve-request';
import type { ThresholdResult, VariantSummary } from './summary';

type Thresholds = ResolvedRequest['thresholds'];

const actuals: Record<keyof Thresholds, (variant: VariantSummary) => number | null> = {
  failed: ({ failed }) => failed,
  p50Ms: ({ objectMs }) => objectMs?.p50 ?? null,
  p99Ms: ({ objectMs }) => objectMs?.p99 ?? null,
};

/** Every threshold against every variant. One that could not be measured is not kept. */
export function thresholdResults(
  thresholds: Thresholds,
  variants: readonly VariantSummary[],
): ThresholdResult[] {
  return (Object.keys(actuals) as (keyof Thresholds)[]).flatMap((threshold) => {
    const limit = thresholds[threshold];
    if (limit === undefined) return [];
    return variants.map((variant) => {
      const actual = actuals[threshold](variant);
      return { threshold, limit, variant: variant.id, actual, kept: actual !== null && actual <= limit };
    });
  });
}
