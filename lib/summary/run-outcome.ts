import { runFolder } from '../run/run-folder';
import type { Summary, Verdict } from './summary';

/** What an execution answers: small enough for a state, and where the rest is. */
export interface RunOutcome {
  runId: string;
  status: Summary['status'];
  records: Summary['records'];
  verdict: Verdict;
  summary: string;
}

export function runOutcome({ runId, status, records, verdict }: Summary, bucket: string): RunOutcome {
  return { runId, status, records, verdict, summary: `s3://${bucket}/${runFolder(runId).summary}` };
}

export const formatSummary = (summary: Summary) => `${JSON.stringify(summary, null, 2)}\n`;
