import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { RequestError } from '../run/request-error';
import { runIdPattern } from '../run/run-folder';
import type { RunStore } from '../run/run-store';
import { ApiError } from './api-error';
import { describeRun } from './describe-run';
import { listRuns } from './list-runs';
import { recordsOfRun } from './records-of-run';
import { reportOfRun } from './report-of-run';
import { startRun } from './start-run';
import { stopRun } from './stop-run';

export interface Api {
  /** Where the objects lie. */
  s3: S3Client;
  sfn: SFNClient;
  store: RunStore;
  stateMachineArn: string;
  /** The JSON given at deploy time, or `*` on one machine. */
  allowedSources: string;
  sample: { bucket: string; prefix: string } | null;
}

export interface ApiRequest {
  method: string;
  /** The route's template, e.g. `/runs/{runId}`. */
  resource: string;
  runId: string | null;
  query: Record<string, string | undefined>;
  headers: Record<string, string | undefined>;
  body: string;
  /** What stands before `/runs` in links: the stage, or nothing. */
  stagePath: string;
}

export interface ApiAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

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

export function json(statusCode: number, value: unknown): ApiAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: `${JSON.stringify(value)}\n`,
  };
}
