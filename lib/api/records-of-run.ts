import { refuse } from '../run/request-error';
import { mergeRecords } from '../summary/merge-records';
import { readRun } from '../summary/summarize-run';
import { ApiError } from './api-error';
import { planOf } from './describe-run';
import { executionOfRun } from './execution-of-run';
import type { Api, ApiAnswer, ApiRequest } from './api';

/** A Lambda's answer may have 6 MB: a page stays below it. docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const pageBytes = 4_000_000;

/** GET /runs/{runId}/records?trial=…&from=…: one JSON record a line, exactly one for each object of a trial. */
export async function recordsOfRun(api: Api, request: ApiRequest, runId: string): Promise<ApiAnswer> {
  await executionOfRun(api, runId);
  const plan = await planOf(api.store, runId);
  if (!plan) throw new ApiError(404, 'NoRecords', `run ${runId} has no plan, so it has no records`);
  const content = await readRun(api.store, runId);
  const { byTrial } = mergeRecords(content, content.recordLines);
  const { trial } = request.query;
  if (trial !== undefined && !byTrial.has(trial))
    refuse('trial', `${JSON.stringify(trial)} is no trial of this run`, `trial=${plan.trials[0]?.id ?? ''}`);
  const records = trial === undefined ? [...byTrial.values()].flat() : byTrial.get(trial)!;
  return page(records, fromOf(request));
}

function page(records: readonly unknown[], from: number): ApiAnswer {
  const lines: string[] = [];
  let [at, bytes] = [from, 0];
  for (; at < records.length; at++) {
    const line = `${JSON.stringify(records[at])}\n`;
    bytes += Buffer.byteLength(line);
    if (bytes > pageBytes) break;
    lines.push(line);
  }
  if (lines.length === 0 && at < records.length) refuseRecord(at, bytes);
  const headers: Record<string, string> = {
    'content-type': 'application/x-ndjson',
    'cache-control': 'no-store',
  };
  // Where it is missing, this was the last page.
  if (at < records.length) headers['x-next-from'] = String(at);
  return { statusCode: 200, headers, body: lines.join('') };
}

// An empty page that points at itself would be asked for without end.
function refuseRecord(at: number, bytes: number): never {
  throw new ApiError(
    413,
    'RecordTooLarge',
    `record ${at} has ${bytes} bytes, more than an answer holds: read it from the run folder, or go on with from=${at + 1}`,
  );
}

function fromOf({ query }: ApiRequest): number {
  const text = query['from'] ?? '0';
  if (!/^\d{1,9}$/.test(text)) refuse('from', 'is no place in the list', 'from=0');
  return Number(text);
}
