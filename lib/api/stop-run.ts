import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { executionOfRun } from './execution-of-run';
import { linksOf } from './links';
import { type Api, type ApiAnswer, type ApiRequest, json } from './api';
import { runStatus } from './run-status';

/** DELETE /runs/{runId}: stops the run. What was recorded stays; a run that is over stays as it ended. */
export async function stopRun(api: Api, request: ApiRequest, runId: string): Promise<ApiAnswer> {
  const { executionArn, status } = await executionOfRun(api, runId);
  if (runStatus(status) === 'running')
    await api.sfn.send(
      new StopExecutionCommand({ executionArn, error: 'Stopped', cause: 'stopped by DELETE /runs/{runId}' }),
    );
  const after = await executionOfRun(api, runId);
  return json(200, { runId, status: runStatus(after.status), links: linksOf(request, runId) });
}
