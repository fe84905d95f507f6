import type { formatReport } from '../../lib/report/text-report';
import { formatSummary } from '../../lib/summary/run-outcome';
import type { Summary } from '../../lib/summary/summary';
import type { Terminal } from './terminal';

/** JSON for programs, the table for people. */
export function printSummary(
  summary: Summary,
  format: typeof formatReport,
  { json, color }: { json: boolean; color: boolean },
  terminal: Terminal,
): void {
  terminal.stdout.write(
    json ? formatSummary(summary) : format(summary, { color: color && hasColor(terminal) }),
  );
}

/** no-color.org: any value but the empty one says no. */
export function hasColor({ stdout, env }: Terminal): boolean {
  return stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
