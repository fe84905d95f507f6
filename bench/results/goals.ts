import { judgeTail } from './judge-tail';
import { judgeMemory } from './judge-memory';
import { asRatio } from './as-ratio';
import type { Judged } from './judged';
import type { Row } from './row';
import type { TailRow } from './tail-row';

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

/** The clients that the goals compare. */
export const judgedClients: readonly string[] = [
  'direct',
  ...new Set(comparisons.map(({ versus }) => versus)),
];

export function judge(rows: readonly Row[], tail: readonly TailRow[]): Judged[] {
  return [
    ...comparisons.map((comparison) => judgeRatio(rows, comparison)),
    ...judgeMemory(rows),
    ...judgeTail(tail),
  ];
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
