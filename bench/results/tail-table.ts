import type { TailRow } from './tail-row';
import { textColumns } from './text-columns';

const columns = [
  'stall in',
  'client',
  'p50 ms',
  'p99 ms',
  'p99.9 ms',
  'max ms',
  'wall s',
  'extra requests',
  'runs',
];

export function tailTable(rows: readonly TailRow[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(({ stall, client, objectMs, wallSeconds, extraRequests, runs }) => [
    stall,
    client,
    ...[objectMs.p50, objectMs.p99, objectMs.p999, objectMs.max].map((ms) => ms.toFixed(0)),
    wallSeconds.toFixed(2),
    `${(100 * extraRequests).toFixed(1)} %`,
    String(runs),
  ]);
  const title = `Tail: one answer in a hundred stalls, ${rows[0]!.objects} objects of 16 KiB, 32 in flight`;
  return [title, ...textColumns([columns, ...lines], 2)].join('\n');
}
