import { ListBucketsCommand, type S3Client } from '@aws-sdk/client-s3';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  type AllowedSource,
  everySource,
  parseAllowedSources,
  refuseWhatIsNotAllowed,
} from '../run/allowed-sources';
import { parseRequestText } from '../run/parse-request';
import type { Request } from '../run/request-fields';
import { refuse } from '../run/request-error';
import { resolveRequest } from '../run/resolve-request';
import { newRunId, runFolder, runIdPattern } from '../run/run-folder';
import { ApiError } from './api-error';
import { executionOfRun } from './execution-of-run';
import { linksOf } from './links';
import { type Api, type ApiAnswer, type ApiRequest, json } from './api';

/** POST /runs: checks the request, starts an execution, answers at once. */
export async function startRun(api: Api, request: ApiRequest): Promise<ApiAnswer> {
  const asked = parseRequestText(request.body.trim() === '' ? '{}' : request.body);
  await refuseEarly(api, asked);
  const runId = idempotencyKey(request) ?? newRunId(new Date(), Math.random);
  const input = JSON.stringify(asked);
  if (!(await isKept(api, runId, input))) await startOnce(api, runId, input);
  return json(202, { runId, links: linksOf(request, runId) });
}

// Step Functions itself takes the same name and input for the same execution only while that one runs.
// An execution may be forgotten (by the local machine when it ends, by AWS after 90 days) while its run is kept.
async function isKept(api: Api, runId: string, input: string): Promise<boolean> {
  const kept = await api.store.getText(runFolder(runId).request);
  if (kept === null) return false;
  if (JSON.stringify(JSON.parse(kept)) === input) return true;
  throw new ApiError(409, 'RunExists', `run ${runId} exists already, with another request`);
}

async function startOnce(api: Api, runId: string, input: string): Promise<void> {
  const { sfn, stateMachineArn } = api;
  try {
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name: runId, input }));
  } catch (error) {
    if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
    const execution = await executionOfRun(api, runId);
    if (execution.input !== input)
      throw new ApiError(409, 'RunExists', `run ${runId} exists already, with another request`);
  }
}

// The planner checks again: the console's door has no API before it.
async function refuseEarly(api: Api, asked: Request): Promise<void> {
  const memorySizes = asked.memorySizes ?? [];
  const resolved = resolveRequest(asked, { sample: api.sample, memorySizes });
  const allowed =
    api.allowedSources === '*' ? await ownBuckets(api.s3) : parseAllowedSources(api.allowedSources);
  refuseWhatIsNotAllowed(resolved, allowed);
}

// On one machine: whatever is there. An S3 that does not list its buckets is left to the planner.
async function ownBuckets(s3: S3Client): Promise<AllowedSource[]> {
  try {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    return Buckets.map(({ Name }) => ({ bucket: Name!, prefix: '' }));
  } catch {
    return [everySource];
  }
}

function idempotencyKey({ headers }: ApiRequest): string | null {
  const name = Object.keys(headers).find((header) => header.toLowerCase() === 'idempotency-key');
  const key = name === undefined ? undefined : headers[name];
  if (key === undefined) return null;
  if (!runIdPattern.test(key))
    refuse('Idempotency-Key', 'is no run id', '1 to 80 letters, digits, hyphens or underscores');
  return key;
}
