import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import type { FetchRecord } from '../lib/fetch/record';
import { loadPlan, type PlannedRun } from '../lib/run/load-plan';
import { RunStore } from '../lib/run/run-store';
import { runShare, type Share } from '../lib/run/run-share';
import { allowedSources, environment } from './environment';
import { clientFor } from './object-clients';
import { progressLine } from './progress-line';

const store = new RunStore(new S3Client({}), environment('RUNS_BUCKET'));
// Since the process began: what Lambda bills as INIT, but for the time before Node's own clock starts.
const initMs = performance.now();
let isCold = true;

/** Fetches a share of a trial. Answers with counts; the records are in the run folder. */
export async function handler(share: Share, context: Context): Promise<{ fetched: number; failed: number }> {
  const invocation = {
    requestId: context.awsRequestId,
    sandbox: context.logStreamName,
    memorySizeMb: Number(context.memoryLimitInMB),
    coldStart: isCold,
    initMs: isCold ? initMs : null,
  };
  isCold = false;
  const fetcher = {
    store,
    allowed: allowedSources(),
    clientFor,
    invocation,
    onStart: (trial: string, { index, key }: { index: number; key: string }) =>
      progressLine({ event: 'object-started', trial, index, key }),
    onEnd: ({ trial, index, key, outcome, durationMs, bytes, failure }: FetchRecord) =>
      progressLine({ event: 'object-ended', trial, index, key, outcome, durationMs, bytes, failure }),
  };
  return runShare(fetcher, await plannedRun(share.runId), share);
}

let planned: { runId: string; run: Promise<PlannedRun> } | null = null;

// A plan never changes: a warm sandbox keeps that of its run.
function plannedRun(runId: string): Promise<PlannedRun> {
  if (planned?.runId !== runId) {
    planned = { runId, run: loadPlan(store, runId) };
    planned.run.catch(() => {
      planned = null;
    });
  }
  return planned.run;
}
