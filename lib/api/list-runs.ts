import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { refuse } from '../run/request-error';
import { linksOf } from './links';
import { type Api, type ApiAnswer, type ApiRequest, json } from './api';
import { type RunStatus, runStatus } from './run-status';
import { summaryOf } from './describe-run';

const pageSize = { usual: 20, most: 100 };

/** GET /runs?limit=20&next=…: the newest first. */
export async function listRuns(api: Api, request: ApiRequest): Promise<ApiAnswer> {
  const { next } = request.query;
  const page = await api.sfn
    .send(
      new ListExecutionsCommand({
        stateMachineArn: api.stateMachineArn,
        maxResults: limitOf(request),
        nextToken: next,
      }),
    )
    .catch((error: Error) => {
      if (error.name !== 'InvalidToken') throw error;
      refuse('next', 'is no page of this list', 'what "next" of the page before says');
    });
  const runs = await Promise.all(
    (page.executions ?? []).map(async ({ name, status, startDate, stopDate }) => ({
      runId: name,
      status: await statusOf(api, name!, runStatus(status)),
      startedAt: startDate?.toISOString(),
      endedAt: stopDate?.toISOString() ?? null,
      links: linksOf(request, name!),
    })),
  );
  return json(200, { runs, next: page.nextToken ?? null });
}

// An execution that ended well may still have an incomplete run: its summary knows.
async function statusOf({ store }: Api, runId: string, status: RunStatus): Promise<RunStatus> {
  return status === 'complete' ? (await summaryOf(store, runId, false)).status : status;
}

function limitOf({ query }: ApiRequest): number {
  const text = query['limit'];
  if (text === undefined) return pageSize.usual;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > pageSize.most)
    refuse('limit', `is not a whole number from 1 to ${pageSize.most}`, `limit=${pageSize.usual}`);
  return limit;
}
