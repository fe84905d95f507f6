import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import type { FetchRecord } from '../lib/fetch/record';
import { StopReason } from '../lib/fetch/stop-reason';
import { loadPlan, type PlannedRun } from '../lib/run/load-plan';
import { RunStore } from '../lib/run/run-store';
import { runShare, type Share } from '../lib/run/run-share';
import { allowedSources, environment } from './environment';
import { engineFor } from './object-clients';
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
  const deadline = deadlineOf(context);
  const fetcher = {
    store,
    allowed: allowedSources(),
    engineFor,
    deadline: deadline.signal,
    invocation,
    onStart: (trial: string, { index, key }: { index: number; key: string }) =>
      progressLine({ event: 'object-started', trial, index, key }),
    onEnd: ({ trial, index, key, outcome, durationMs, bytes, failure }: FetchRecord) =>
      progressLine({ event: 'object-ended', trial, index, key, outcome, durationMs, bytes, failure }),
  };
  try {
    return await runShare(fetcher, await plannedRun(share.runId), share);
  } finally {
    deadline.end();
  }
}

/** Kept free at the end of a Lambda's time, to write the records. */
const reserveMs = 10_000;

function deadlineOf(context: Context): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const remainingMs = context.getRemainingTimeInMillis();
  const reason = new StopReason('DeadlineExceeded', "the Lambda's time was nearly over");
  const timer = setTimeout(
    () => controller.abort(reason),
    Math.max(remainingMs - reserveMs, remainingMs / 2),
  );
  return { signal: controller.signal, end: () => clearTimeout(timer) };
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
