import { S3Client } from '@aws-sdk/client-s3';
import { runFolder } from '../lib/run/run-folder';
import { RunStore } from '../lib/run/run-store';
import { summarizeRun } from '../lib/summary/summarize-run';
import { formatSummary, type RunOutcome, runOutcome } from '../lib/summary/run-outcome';
import { environment } from './environment';

const store = new RunStore(new S3Client({}), environment('RUNS_BUCKET'));

/** Last state of the machine: records → summary.json. May be called again for the same run: same bytes. */
export async function handler({ runId }: { runId: string }): Promise<RunOutcome> {
  const summary = await summarizeRun(store, runId);
  await store.put(runFolder(runId).summary, formatSummary(summary));
  return runOutcome(summary, environment('RUNS_BUCKET'));
}
