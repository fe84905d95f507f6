import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatReport } from '../../lib/report/text-report';
import type { Summary } from '../../lib/summary/summary';
import { exitCodeOf } from './exit-code';
import type { ExitCode, Terminal } from './terminal';
import type { Arguments } from './parse-arguments';
import { printSummary } from './print-summary';
import { UsageError } from './usage-error';

/** Prints the table of a run folder again. */
export async function reportCommand(
  { options, positionals }: Arguments,
  terminal: Terminal,
): Promise<ExitCode> {
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0)
    throw new UsageError('report takes one run folder', 's3-fetch-tuner report runs/RUN-ID');
  const summary = await readSummary(folder);
  printSummary(summary, formatReport, options, terminal);
  return exitCodeOf(summary);
}

async function readSummary(folder: string): Promise<Summary> {
  const text = await readFile(join(folder, 'summary.json'), 'utf8').catch(() => null);
  if (text === null)
    throw new UsageError(
      `${folder} holds no summary.json`,
      'the folder of a run that ended, such as runs/RUN-ID',
    );
  const summary = parse(text);
  if (summary?.version !== 1)
    throw new UsageError(`${join(folder, 'summary.json')} is no summary of version 1`, 'another run folder');
  return summary;
}

function parse(text: string): Summary | null {
  try {
    return JSON.parse(text) as Summary | null;
  } catch {
    return null;
  }
}
