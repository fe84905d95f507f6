import type { Judged } from './goals';

/** A line a goal, plainly. */
export function goalsText(judged: readonly Judged[], quick: boolean): string {
  if (quick) return 'Goals: not judged, as the counts of --quick measure nothing.';
  const lines = judged.map(({ goal, goalText, value, reached }) => {
    const verdict = reached === null ? 'not measured' : reached ? 'reached' : 'MISSED';
    return `${verdict.padEnd(12)}  ${goal.padEnd(66)}  ${(value ?? '').padStart(8)}  goal ${goalText}`;
  });
  return ['Goals (ratios of client CPU, medians of this run):', ...lines].join('\n');
}
