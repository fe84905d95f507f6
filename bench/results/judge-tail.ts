import { asRatio } from './as-ratio';
import type { Judged } from './judged';
import type { TailRow } from './tail-row';

const p999RatioMax = 1 / 8;
const extraRequestsMax = 0.02;

export function judgeTail(rows: readonly TailRow[]): Judged[] {
  return (['headers', 'body'] as const).flatMap((stall) => {
    const of = (client: TailRow['client']) =>
      rows.find((row) => row.stall === stall && row.client === client);
    const [once, hedged] = [of('direct'), of('direct-hedged')];
    const ratio = once && hedged ? hedged.objectMs.p999 / once.objectMs.p999 : null;
    const extra = hedged?.extraRequests ?? null;
    return [
      {
        goal: `1 % stalls in ${stall}: p99.9 hedged / unhedged`,
        goalText: `≤ ${asRatio(p999RatioMax)}`,
        value: ratio === null ? null : asRatio(ratio),
        reached: ratio === null ? null : ratio <= p999RatioMax,
      },
      {
        goal: `1 % stalls in ${stall}: requests more than objects`,
        goalText: `≤ ${100 * extraRequestsMax} %`,
        value: extra === null ? null : `${(100 * extra).toFixed(1)} %`,
        reached: extra === null ? null : extra <= extraRequestsMax,
      },
    ];
  });
}
