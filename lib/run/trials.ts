import { seededRandom, shuffled } from './random';
import type { Variant } from './variants';

/** One variant, once. */
export interface Trial {
  /** `<variant>#<n>`, warm-ups `<variant>#w<n>`. */
  id: string;
  variant: string;
  /** Kept, but not counted. */
  warmup: boolean;
}

/**
 * The trials in the order in which they run: in rounds, each variant once a round, shuffled anew in every
 * round, so that neither drift nor a neighbour favours one of them. Warm-up rounds come first.
 */
export function interleavedTrials(
  variants: readonly Variant[],
  { num, warmup, seed }: { num: number; warmup: number; seed: number },
): Trial[] {
  const random = seededRandom(seed);
  const round = (n: number, isWarmup: boolean): Trial[] =>
    shuffled(variants, random).map(({ id }) => ({
      id: `${id}#${isWarmup ? 'w' : ''}${n}`,
      variant: id,
      warmup: isWarmup,
    }));
  const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
  return [...upTo(warmup).flatMap((n) => round(n, true)), ...upTo(num).flatMap((n) => round(n, false))];
}
