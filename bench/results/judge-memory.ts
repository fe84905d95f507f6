import type { Judged } from './judged';
import type { Row } from './row';

const rssMaxMiB = 80;
// 16 KiB and 1 GiB objects need the same memory where bodies are not piled up; the rest is the collector's mood.
const flatWithinMiB = 16;

export function judgeMemory(rows: readonly Row[]): Judged[] {
  const all = rows.flatMap(({ client, rssMiB }) => (client === 'direct' && rssMiB !== null ? [rssMiB] : []));
  const most = all.length === 0 ? null : Math.max(...all);
  const byObject = ['W3', 'W4'].map((workload) =>
    Math.max(
      ...rows.flatMap((row) =>
        row.client === 'direct' && row.workload === workload ? (row.rssMiB ?? []) : [],
      ),
    ),
  );
  const apart = byObject.every(Number.isFinite) ? byObject[1]! - byObject[0]! : null;
  return [
    {
      goal: 'direct: largest resident set',
      goalText: `≤ ${rssMaxMiB} MiB`,
      value: most === null ? null : `${most.toFixed(0)} MiB`,
      reached: most === null ? null : most <= rssMaxMiB,
    },
    {
      goal: 'direct: resident set of 1 GiB objects above that of 16 KiB objects',
      goalText: `≤ ${flatWithinMiB} MiB`,
      value: apart === null ? null : `${apart.toFixed(0)} MiB`,
      reached: apart === null ? null : apart <= flatWithinMiB,
    },
  ];
}
