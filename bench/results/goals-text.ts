import type { Judged } from './judged';

/** A line a goal, plainly; goals that this run did not measure are only counted. */
export function goalsText(judged: readonly Judged[], quick: boolean): string {
  if (quick) return 'Goals: not judged, as the counts of --quick measure nothing.';
  const lines = judged
    .filter(({ reached }) => reached !== null)
    .map(({ goal, goalText, value, reached }) => {
      const verdict = reached ? 'reached' : 'MISSED ';
      return `${verdict}  ${goal.padEnd(66)}  ${(value ?? '').padStart(8)}  goal ${goalText}`;
    });
  const left = judged.length - lines.length;
  if (left > 0) lines.push(`${left} goals were not measured in this run`);
  return ['Goals (ratios are of client CPU, medians of this run):', ...lines].join('\n');
}
