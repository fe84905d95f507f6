import { asRatio } from './as-ratio';
import type { Row } from './row';
import { textColumns } from './text-columns';

/** One block a case, a line a client; the ratios compare CPU with that of the case's first SDK row. */
export function table(rows: readonly Row[]): string {
  const cases = new Map<string, Row[]>();
  for (const row of rows) {
    const title = titleOf(row);
    cases.set(title, [...(cases.get(title) ?? []), row]);
  }
  return [...cases].map(([title, members]) => block(title, members)).join('\n\n');
}

function titleOf({ workload, scheme, checksum, server }: Row): string {
  return `${workload} ${scheme}, checksum ${checksum}, ${server}`;
}

const columns = [
  'client',
  'CPU s',
  'min–max',
  'cold CPU s',
  'process CPU s',
  'wall s',
  'RSS MiB',
  'CPU / sdk',
  'runs',
  '',
];

function block(title: string, rows: readonly Row[]): string {
  const sdk = rows.find(({ client }) => client === 'sdk');
  const lines = rows.map((row) => [
    row.client,
    seconds(row.cpuSeconds.median),
    `${seconds(row.cpuSeconds.min)}–${seconds(row.cpuSeconds.max)}`,
    row.cold ? seconds(row.cold.cpuSeconds.median) : '',
    seconds(row.processCpuSeconds.median),
    seconds(row.wallSeconds.median),
    row.rssMiB?.toFixed(0) ?? '',
    sdk ? asRatio(row.cpuSeconds.median / sdk.cpuSeconds.median) : '',
    String(row.runs),
    [row.measures === 'process' ? 'whole process' : '', row.verified ? 'verified' : '']
      .filter(Boolean)
      .join(', '),
  ]);
  return [title, ...textColumns([columns, ...lines], 1)].join('\n');
}

const seconds = (value: number) => value.toFixed(value < 1 ? 3 : 2);
