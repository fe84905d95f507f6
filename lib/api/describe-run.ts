import type { DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import type { Plan } from '../run/plan';
import { runFolder } from '../run/run-folder';
import type { RunStore } from '../run/run-store';
import { summarizeRun } from '../summary/summarize-run';
import type { Summary } from '../summary/summary';
import { executionOfRun } from './execution-of-run';
import { linksOf } from './links';
import { type Api, type ApiAnswer, type ApiRequest, json } from './api';
import { runStatus } from './run-status';

/** GET /runs/{runId}: status, progress, the summary when there is one. */
export async function describeRun(api: Api, request: ApiRequest, runId: string): Promise<ApiAnswer> {
  const execution = await executionOfRun(api, runId);
  const status = runStatus(execution.status);
  const plan = await planOf(api.store, runId);
  const summary =
    plan && status !== 'running' ? await summaryOf(api.store, runId, status === 'stopped') : null;
  return json(200, {
    runId,
    status: status === 'complete' ? (summary?.status ?? status) : status,
    startedAt: execution.startDate?.toISOString(),
    endedAt: execution.stopDate?.toISOString() ?? null,
    error: errorOf(execution),
    progress: plan && (await progressOf(api.store, plan)),
    summary,
    links: linksOf(request, runId),
  });
}

/** What the summary Lambda wrote; of a run that was stopped or broke down, what its records tell. */
export async function summaryOf(store: RunStore, runId: string, stopped: boolean): Promise<Summary> {
  const text = await store.getText(runFolder(runId).summary);
  return text === null ? summarizeRun(store, runId, { stopped }) : (JSON.parse(text) as Summary);
}

export async function planOf(store: RunStore, runId: string): Promise<Plan | null> {
  const text = await store.getText(runFolder(runId).plan);
  return text === null ? null : (JSON.parse(text) as Plan);
}

function errorOf({ error, cause }: DescribeExecutionCommandOutput): { code: string; message: string } | null {
  if (error === undefined) return null;
  return { code: error, message: messageOf(cause ?? '') };
}

// A Lambda's error comes as JSON text: {"errorType","errorMessage","trace"}.
function messageOf(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: string };
    return errorMessage ?? cause;
  } catch {
    return cause;
  }
}

async function progressOf(store: RunStore, plan: Plan): Promise<Record<string, number>> {
  const started = await store.folders(runFolder(plan.runId).records);
  return { trials: plan.trials.length, trialsStarted: started.length, objects: plan.objects.count };
}
