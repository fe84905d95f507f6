import type { Summary, VariantSummary } from '../summary/summary';
import { formatMs, formatRate, formatRatio, formatUsd } from './numbers';
import { type Paint, painter } from './paint';
import { textTable } from './text-table';
import { verdictSentence } from './verdict-sentence';
import { visibleText } from './visible-text';

/** The run at a glance, for a terminal or a mail: a pure function of the summary. */
export function formatReport(summary: Summary, { color }: { color: boolean }): string {
  const paint = painter(color);
  const { variants, verdict } = summary;
  const [head, ...rows] = textTable(columns, rowsOf(variants));
  const leading = verdict.winner === null ? verdict.tied : [verdict.winner];
  const painted = rows.map((row, n) =>
    leading.includes(variants[n]!.id) ? paint(['bold', 'green'], row) : row,
  );
  return [
    paint('bold', verdictSentence(summary)),
    `  ${verdict.why}`,
    '',
    paint('dim', head!),
    ...painted,
    '',
    ...notes(variants).map((note) => paint('dim', note)),
    ...accountLines(summary, paint),
    ...failureLines(summary, paint),
    ...thresholdLines(summary, paint),
    '',
  ].join('\n');
}

const columns = [
  { title: 'variant', align: 'left' },
  { title: 'time', align: 'right' },
  { title: '95 % interval', align: 'left' },
  { title: '', align: 'left' },
  { title: 'first byte', align: 'right' },
  { title: 'throughput', align: 'right' },
  { title: 'speed-up', align: 'right' },
  { title: 'cost/1,000 runs', align: 'right' },
  { title: 'not fetched', align: 'right' },
] as const;

function rowsOf(variants: readonly VariantSummary[]): string[][] {
  const slowest = Math.max(...variants.map(({ durationMs }) => durationMs?.median ?? 0));
  return variants.map((variant) => {
    const { durationMs, firstByteMs, throughputBytesPerSecond, speedup, costUsd } = variant;
    return [
      variant.id,
      durationMs ? formatMs(durationMs.median) : '–',
      durationMs ? `${formatMs(durationMs.low)} – ${formatMs(durationMs.high)}` : '',
      durationMs ? bar(durationMs.median / (slowest || 1)) : '',
      firstByteMs ? formatMs(firstByteMs.p50) : '–',
      throughputBytesPerSecond === null ? '–' : formatRate(throughputBytesPerSecond),
      speedup ? formatRatio(speedup.ratio) : '–',
      costUsd ? formatUsd(costUsd.total * 1000) : '–',
      String(variant.failed),
    ];
  });
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const barWidth = 16;

function bar(share: number): string {
  const filled = Math.max(1, Math.round(share * barWidth * 8));
  return '█'.repeat(Math.floor(filled / 8)) + eighths[filled % 8]!;
}

function notes(variants: readonly VariantSummary[]): string[] {
  const trials = Math.max(0, ...variants.map((variant) => variant.trials));
  const versus = [...new Set(variants.flatMap(({ speedup }) => speedup?.versus ?? []))];
  return [
    `time: first object's start to last object's end, median of ${trials} trials, interval by bootstrap`,
    ...(versus.length === 0
      ? []
      : [`speed-up: over ${versus.join(', ')}${versus.length > 1 ? ' (of the same client)' : ''}`]),
    ...hedgeNotes(variants),
    'cost on AWS: Lambda, Step Functions and S3 requests of the fetching alone, us-east-1, for these durations',
  ];
}

function hedgeNotes(variants: readonly VariantSummary[]): string[] {
  return variants
    .filter(({ hedge }) => hedge !== 'off')
    .map(({ id, hedges }) => `hedges of ${id}: ${hedges.issued} issued, ${hedges.won} won`);
}

function accountLines({ status, records }: Summary, paint: Paint): string[] {
  const { expected, fetched, failed, missing, duplicates, foreign } = records;
  const extra = [
    ...(missing > 0 ? [`${missing} without a record`] : []),
    ...(duplicates > 0 ? [`${duplicates} duplicate`] : []),
    ...(foreign > 0 ? [`${foreign} foreign`] : []),
  ];
  const line = `records: ${[`${fetched} of ${expected} fetched`, `${failed - missing} failed`, ...extra].join(', ')}; run ${status}`;
  return [paint(failed > 0 || status !== 'complete' ? ['bold', 'red'] : 'dim', line)];
}

const mostShown = 10;

function failureLines({ failures, records }: Summary, paint: Paint): string[] {
  const told = failures.filter(({ failure }) => failure.code !== 'NoRecord');
  const lines = told.slice(0, mostShown).map(({ key, failure, times }) => {
    const where = failure.phase ? ` in ${failure.phase}` : '';
    return `  ${visibleText(key)}: ${failure.code}${where}, ${times} time(s): ${visibleText(failure.message)}`;
  });
  const rest = told.length - lines.length;
  if (rest > 0) lines.push(`  … and ${rest} more`);
  const heading = lines.length > 0 ? ['', paint('bold', 'failed objects')] : [];
  return [...heading, ...lines, ...missingLines(records.missing)];
}

// A stopped run may lack thousands: one line says it all.
function missingLines(missing: number): string[] {
  if (missing === 0) return [];
  return [
    '',
    `fetches without a record: ${missing} (the trial did not run, its Lambda was killed, or the file was lost)`,
  ];
}

function thresholdLines({ thresholds }: Summary, paint: Paint): string[] {
  return thresholds
    .filter(({ kept }) => !kept)
    .map(({ threshold, limit, variant, actual }) => {
      const found = actual === null ? 'could not be measured' : `is ${Number(actual.toFixed(1))}`;
      return paint(['bold', 'red'], `threshold broken: ${threshold} of ${variant} ${found}, limit ${limit}`);
    });
}
