import { RequestError } from '../run/request-error';
import { runIdPattern } from '../run/run-folder';
import { type Api, type ApiAnswer, type ApiRequest, json } from './api';
import { ApiError } from './api-error';
import { describeRun } from './describe-run';
import { listRuns } from './list-runs';
import { recordsOfRun } from './records-of-run';
import { reportOfRun } from './report-of-run';
import { startRun } from './start-run';
import { stopRun } from './stop-run';

type Route = (api: Api, request: ApiRequest, runId: string) => Promise<ApiAnswer>;

const routes: Record<string, Route> = {
  'POST /runs': startRun,
  'GET /runs': listRuns,
  'GET /runs/{runId}': describeRun,
  'GET /runs/{runId}/report': reportOfRun,
  'GET /runs/{runId}/records': recordsOfRun,
  'DELETE /runs/{runId}': stopRun,
};

export async function answer(api: Api, request: ApiRequest): Promise<ApiAnswer> {
  try {
    const route = routes[`${request.method} ${request.resource}`];
    if (!route) throw new ApiError(404, 'NoSuchRoute', `there is no ${request.method} ${request.resource}`);
    if (request.runId !== null && !runIdPattern.test(request.runId))
      throw new ApiError(404, 'NoSuchRun', 'a run id has letters, digits, - and _, 80 at most');
    return await route(api, request, request.runId ?? '');
  } catch (error) {
    if (error instanceof RequestError)
      return json(400, { error: error.name, message: error.message, problems: error.problems });
    if (error instanceof ApiError)
      return json(error.statusCode, { error: error.code, message: error.message });
    throw error;
  }
}
