export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What DescribeExecution tells; null where there is nothing to tell yet. */
export interface ExecutionDescription {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startMs: number;
  readonly stopMs: number | null;
  /** JSON text. */
  readonly input: string;
  /** JSON text. */
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  /** Null where a redrive is possible, else why it is not. */
  readonly notRedrivable: string | null;
  readonly redriveCount: number;
  readonly redriveMs: number | null;
}
