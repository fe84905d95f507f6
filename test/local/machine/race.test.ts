import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command, GetObjectCommand } from '@aws-sdk/client-s3';
import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import type { FetchRecord } from '../../../lib/fetch/record';
import type { Plan } from '../../../lib/run/plan';
import type { Summary } from '../../../lib/summary/summary';
import { filesBelow, parseRecords } from './run-files';
import { endOf, type RestAnswer } from './rest-client';
import { startMachine, type StartedMachine } from './start-machine';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const objects = { 'a.bin': 0, 'b.bin': 1, 'c.bin': 70_000, 'd.bin': 200_001 };
const request = {
  bucket: 'race-data',
  strategies: ['sequential', 'concurrent', 'ranged', 'map'],
  concurrency: [2],
  partSize: '64KiB',
  num: 2,
  warmup: 1,
  seed: 7,
};

let started: StartedMachine;
let posted: RestAnswer;
let ended: Record<string, unknown>;
let runId: string;
let records: FetchRecord[];
let plan: Plan;

beforeAll(async () => {
  started = await startMachine();
  await started.s3.send(new CreateBucketCommand({ Bucket: request.bucket }));
  for (const [key, sizeBytes] of Object.entries(objects))
    await started.put(request.bucket, key, Buffer.alloc(sizeBytes, key));
  posted = await started.rest('POST', '/runs', request);
  runId = posted.json!['runId'] as string;
  ended = await endOf(started.rest, runId);
  const answer = await started.rest('GET', `/runs/${runId}/records`);
  records = parseRecords(answer.text);
  plan = JSON.parse(onDisk('plan.json')) as Plan;
});

afterAll(() => started?.close());

const onDisk = (...path: string[]) => readFileSync(join(started.outDir, runId, ...path), 'utf8');

describe('a run of every strategy through the REST API', () => {
  it('is accepted with its id and links', () => {
    expect(posted.status).toBe(202);
    expect(posted.json).toEqual({
      runId: expect.stringMatching(/^\d{8}T\d{6}-[a-z0-9]{5}$/) as string,
      links: expect.objectContaining({ self: expect.stringContaining(`/runs/${runId}`) as string }) as object,
    });
  });

  it('can be followed by its links', async () => {
    const { self, report, records } = posted.json!['links'] as Record<string, string>;
    expect((await started.rest('GET', self!)).json).toEqual(ended);
    expect((await started.rest('GET', report!)).text).toContain('run complete');
    expect((await started.rest('GET', records!)).text.split('\n')).toHaveLength(49);
  });

  it('is complete, with a summary of every variant', () => {
    expect(ended).toMatchObject({ runId, status: 'complete', error: null });
    const summary = ended['summary'] as Summary;
    expect(summary.records).toEqual({
      expected: 48,
      fetched: 48,
      failed: 0,
      missing: 0,
      duplicates: 0,
      foreign: 0,
    });
    expect(summary.objects).toEqual({ planned: 4, bytes: 270_002 });
    const variants = summary.variants.map(({ id, trials, complete, failed }) => [
      id,
      trials,
      complete,
      failed,
    ]);
    expect(variants).toEqual(
      ['sequential-1', 'concurrent-2', 'ranged-2', 'map-2'].map((id) => [`${id}-direct`, 2, true, 0]),
    );
  });

  it('leaves exactly one record for each object of each trial', () => {
    expect(records).toHaveLength(48);
    expect(new Set(records.map(({ trial, index }) => `${trial} ${index}`)).size).toBe(48);
    const keys = Object.keys(objects);
    for (const { outcome, key, index, bytes, sizeBytes } of records) {
      expect(outcome).toBe('fetched');
      expect(key).toBe(keys[index]);
      expect(bytes).toBe(Object.values(objects)[index]);
      expect(sizeBytes).toBe(bytes);
    }
  });

  it('fetches ranges of partSize where the variant asks for them, and whole objects elsewhere', () => {
    const rangesOf = (strategy: string) =>
      records
        .filter(({ trial, index }) => trial.startsWith(strategy) && index === 3)
        .map(({ attempts }) => attempts.filter(({ method }) => method !== 'HEAD').length);
    expect(rangesOf('ranged')).toEqual([4, 4, 4]);
    expect(rangesOf('concurrent')).toEqual([1, 1, 1]);
  });

  it('runs its trials in the order of the plan, warm-ups first', () => {
    const firstStart = new Map<string, number>();
    for (const { trial, startMs } of records)
      firstStart.set(trial, Math.min(startMs, firstStart.get(trial) ?? Infinity));
    const byStart = [...firstStart].sort(([, a], [, b]) => a - b).map(([trial]) => trial);
    expect(byStart).toEqual(plan.trials.map(({ id }) => id));
    expect(plan.trials.map(({ warmup }) => warmup)).toEqual([
      ...Array<boolean>(4).fill(true),
      ...Array<boolean>(8).fill(false),
    ]);
  });

  it('marks the first invocation of each sandbox as a cold start, and no other', () => {
    const invocations = new Map<string, Map<string, FetchRecord[]>>();
    for (const record of records.toSorted((a, b) => a.startMs - b.startMs)) {
      const { sandbox, trial, index } = record;
      const unit = trial.startsWith('map') ? `${trial} ${index}` : trial;
      const ofSandbox = invocations.get(sandbox) ?? new Map<string, FetchRecord[]>();
      invocations.set(sandbox, ofSandbox.set(unit, [...(ofSandbox.get(unit) ?? []), record]));
    }
    for (const ofSandbox of invocations.values())
      [...ofSandbox.values()].forEach((ofInvocation, n) => {
        for (const { coldStart } of ofInvocation) expect(coldStart).toBe(n === 0);
      });
  });

  it('never has more Lambdas at once than the map was asked for', () => {
    expect(new Set(records.map(({ sandbox }) => sandbox)).size).toBeLessThanOrEqual(2);
  });

  it('makes as many history events as the plan foretold', async () => {
    const executionArn = `${started.machine.stateMachineArn.replace(':stateMachine:', ':execution:')}:${runId}`;
    const { events } = await started.sfn.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, includeExecutionData: false }),
    );
    expect(events).toHaveLength(plan.estimate.historyEvents);
  });

  it('asks as many GETs as the plan foretold', () => {
    const attempts = records.flatMap((record) => record.attempts);
    const heads = attempts.filter(({ method }) => method === 'HEAD').length;
    expect(heads).toBe(plan.estimate.headRequests);
    expect(attempts.length - heads).toBe(plan.estimate.getRequests);
  });

  it('reports for people', async () => {
    const report = await started.rest('GET', `/runs/${runId}/report`);
    expect(report.status).toBe(200);
    expect(report.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    for (const { id } of plan.variants) expect(report.text).toContain(id);
    expect(report.text).toContain('48 of 48 fetched, 0 failed; run complete');
  });
});

describe('the run folder', () => {
  it('is on disk, byte for byte, what it is in the bucket', async () => {
    const { runsBucket } = started.machine;
    const prefix = `runs/${runId}/`;
    const listed = await started.s3.send(new ListObjectsV2Command({ Bucket: runsBucket, Prefix: prefix }));
    const keys = listed.Contents!.map(({ Key }) => Key!.slice(prefix.length));
    expect(filesBelow(join(started.outDir, runId))).toEqual(keys.toSorted());
    for (const key of keys) {
      const { Body } = await started.s3.send(
        new GetObjectCommand({ Bucket: runsBucket, Key: `${prefix}${key}` }),
      );
      expect(onDisk(key)).toBe(await Body!.transformToString());
    }
  });

  it('holds the request, the objects with their digest, and the summary that the API gives', () => {
    expect(JSON.parse(onDisk('request.json'))).toEqual(request);
    const lines = onDisk('objects.jsonl');
    expect(plan.objects.sha256).toBe(createHash('sha256').update(lines).digest('hex'));
    expect(
      lines
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { key: string }).key),
    ).toEqual(Object.keys(objects));
    expect(JSON.parse(onDisk('summary.json'))).toEqual(ended['summary']);
  });
});
