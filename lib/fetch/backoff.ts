import type { Retry } from './failure';

/** Full jitter (AWS Builders' Library): anywhere between nothing and a ceiling that doubles. */
const ceilings = {
  transient: { firstMs: 50, mostMs: 5_000 },
  throttled: { firstMs: 500, mostMs: 20_000 },
};

/** How long to wait before retry 1, 2, … */
export function backoffMs(retry: Exclude<Retry, 'no'>, retryNumber: number, random: () => number): number {
  const { firstMs, mostMs } = ceilings[retry];
  return random() * Math.min(mostMs, firstMs * 2 ** (retryNumber - 1));
}
