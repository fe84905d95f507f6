import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import type { Summary } from '../summary/summary';

export type RunStatus = 'running' | 'failed' | Summary['status'];

/** What an execution's status means for the run, before its summary is known. */
export function runStatus(status: ExecutionStatus | undefined): RunStatus {
  if (status === 'SUCCEEDED') return 'complete';
  if (status === 'ABORTED') return 'stopped';
  return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'failed';
}
