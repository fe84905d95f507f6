import type { Row } from './row';

interface Comparison {
  name: string;
  workload: string;
  scheme: Row['scheme'];
  checksum: Row['checksum'];
  versus: string;
  /** Compare with what the whole process costs: the other one is a program. */
  wholeProcess: boolean;
  ratioMax: number;
}

/** How a goal was met: a ratio of client CPU, medians of the same run. */
export interface Judged {
  goal: string;
  goalText: string;
  /** Null where one of the two was not measured. */
  value: string | null;
  reached: boolean | null;
}

const compare = (
  workload: string,
  scheme: Row['scheme'],
  checksum: Row['checksum'],
  versus: string,
  ratioMax: number,
): Comparison => ({
  name: `${workload} ${scheme}, ${checksum === 'none' ? 'no checksum' : checksum}: direct / ${versus}`,
  workload,
  scheme,
  checksum,
  versus,
  wholeProcess: versus === 'curl',
  ratioMax,
});

const comparisons: Comparison[] = [
  compare('W3', 'http', 'none', 'sdk', 1 / 10),
  compare('W3', 'http', 'none', 'curl', 1),
  compare('W1', 'http', 'none', 'sdk-required', 1 / 4),
  compare('W4', 'http', 'none', 'sdk-required', 1 / 4),
  compare('W4', 'http', 'none', 'curl', 0.75),
  compare('W1', 'http', 'crc64nvme', 'sdk', 1 / 4),
  compare('W4', 'http', 'crc64nvme', 'sdk', 1 / 4),
  compare('W1', 'https', 'crc64nvme', 'sdk', 1 / 3),
  compare('W4', 'https', 'crc64nvme', 'sdk', 1 / 3),
  compare('W1', 'https', 'none', 'sdk-required', 1 / 2.2),
  compare('W4', 'https', 'none', 'sdk-required', 1 / 2.2),
  compare('W4', 'https', 'none', 'curl', 1.15),
];

const rssMaxMiB = 80;
// 16 KiB and 1 GiB objects need the same memory where bodies are not piled up; the rest is the collector's mood.
const flatWithinMiB = 16;

export function judge(rows: readonly Row[]): Judged[] {
  return [...comparisons.map((comparison) => judgeRatio(rows, comparison)), ...judgeMemory(rows)];
}

function judgeRatio(rows: readonly Row[], comparison: Comparison): Judged {
  const { name, workload, scheme, checksum, versus, wholeProcess, ratioMax } = comparison;
  const cpuOf = (client: string) => {
    const row = rows.find(
      (row) =>
        row.client === client &&
        row.workload === workload &&
        row.scheme === scheme &&
        row.checksum === checksum,
    );
    return row && (wholeProcess ? row.processCpuSeconds : row.cpuSeconds).median;
  };
  const [own, other] = [cpuOf('direct'), cpuOf(versus)];
  const measured = own !== undefined && other !== undefined;
  return {
    goal: name,
    goalText: `≤ ${asRatio(ratioMax)}`,
    value: measured ? asRatio(own / other) : null,
    reached: measured ? own / other <= ratioMax : null,
  };
}

function judgeMemory(rows: readonly Row[]): Judged[] {
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

/** 0.1 → `1/10.0`, 1.15 → `1.15 ×`. */
export function asRatio(ratio: number): string {
  return ratio <= 0.5 ? `1/${(1 / ratio).toFixed(1)}` : `${ratio.toFixed(2)} ×`;
}
