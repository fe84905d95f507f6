import { formatReport } from '../report/text-report';
import { ApiError } from './api-error';
import { planOf, summaryOf } from './describe-run';
import { executionOfRun } from './execution-of-run';
import type { Api, ApiAnswer, ApiRequest } from './api';
import { runStatus } from './run-status';

/** GET /runs/{runId}/report: what a person reads, as text. */
export async function reportOfRun(api: Api, _: ApiRequest, runId: string): Promise<ApiAnswer> {
  const { status } = await executionOfRun(api, runId);
  const plan = await planOf(api.store, runId);
  if (runStatus(status) === 'running')
    throw new ApiError(409, 'RunIsRunning', `run ${runId} has not ended yet`);
  if (!plan) throw new ApiError(404, 'NoReport', `run ${runId} was refused before it was planned`);
  const summary = await summaryOf(api.store, runId, runStatus(status) === 'stopped');
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: formatReport(summary, { color: false }),
  };
}
