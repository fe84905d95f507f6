import type { Summary } from '../../lib/summary/summary';
import type { ExitCode } from './terminal';

/** How a run ended, as the shell learns it. */
export function exitCodeOf({ status, records, thresholds }: Summary): ExitCode {
  if (status !== 'complete') return 3;
  return records.failed > 0 || thresholds.some(({ kept }) => !kept) ? 1 : 0;
}
