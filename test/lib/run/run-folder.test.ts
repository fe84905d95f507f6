import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createSdkClient } from '../../../lib/fetch/clients/sdk-client';
import type { FetchRecord } from '../../../lib/fetch/record';
import { loadPlan } from '../../../lib/run/load-plan';
import { type Planner, planRun } from '../../../lib/run/plan-run';
import { runFolder } from '../../../lib/run/run-folder';
import { runShare, type Share } from '../../../lib/run/run-share';
import { RunStore } from '../../../lib/run/run-store';
import { formatSummary } from '../../../lib/summary/run-outcome';
import { summarizeRun } from '../../../lib/summary/summarize-run';
import { credentials, region, startTestServer, type TestServer } from '../../local/s3/test-server';

const runs = 'runs-bucket';
const lake = 'lake';
let server: TestServer;
let store: RunStore;
let planner: Planner;

beforeAll(async () => {
  server = await startTestServer();
  for (const Bucket of [runs, lake]) await server.client.send(new CreateBucketCommand({ Bucket }));
  for (const key of ['data/a b+c%', 'data/line\nbreak', 'data/"é', 'data/', 'data/empty/', 'secret/x'])
    await put(key);
  store = new RunStore(server.client, runs);
  planner = {
    s3: server.client,
    store,
    sample: null,
    allowed: [{ bucket: lake, prefix: 'data/' }],
    fetchFunctions: { 512: 'fetch-512', 1769: 'fetch-1769' },
    startedAt: '2026-11-23T00:00:00.000Z',
  };
});
afterAll(() => server.close());

const put = (Key: string) =>
  server.client.send(
    new PutObjectCommand({
      Bucket: lake,
      Key,
      Body: Key.endsWith('/') ? Buffer.alloc(0) : randomBytes(2000),
    }),
  );
const asked = {
  bucket: lake,
  prefix: 'data/',
  clients: ['sdk'],
  strategies: ['concurrent', 'map'],
  num: 3,
  warmup: 0,
};

test('a prefix is listed whatever its keys hold, without its folder markers', async () => {
  const answer = await planRun(planner, 'listed', asked);
  expect(answer).toMatchObject({ runId: 'listed', objects: 3, indexes: [0, 1, 2] });
  expect(answer.trials).toHaveLength(6);
  expect(answer.trials[0]).toMatchObject({ function: 'fetch-512', concurrency: 8 });
  const { plan, objects } = await loadPlan(store, 'listed');
  expect(objects.map(({ key }) => key)).toEqual(['data/"é', 'data/a b+c%', 'data/line\nbreak']);
  expect(plan.objects).toMatchObject({ count: 3, bytes: 6000, skippedMarkers: 2 });
  expect(JSON.stringify(answer)).not.toContain('data/');
});

test('a second delivery changes nothing and answers the same, though the bucket has changed', async () => {
  const first = await planRun(planner, 'twice', asked);
  const texts = () => Promise.all(['plan', 'objects', 'request'].map((name) => textOf('twice', name)));
  const before = await texts();
  await put('data/new');
  expect(await planRun(planner, 'twice', asked)).toEqual(first);
  expect(await texts()).toEqual(before);
});

test('another execution of the same name is refused, and changes nothing', async () => {
  await planRun(planner, 'taken', asked);
  const before = await textOf('taken', 'plan');
  const another = { ...planner, startedAt: '2026-11-24T00:00:00.000Z' };
  await expect(planRun(another, 'taken', asked)).rejects.toThrow(/a run that exists already/);
  expect(await textOf('taken', 'plan')).toBe(before);
});

test('a delivery that was cut short before its plan is gone on with: its objects stay', async () => {
  const { plan, objects } = runFolder('cut');
  const kept = `${JSON.stringify({ index: 0, key: 'data/old', sizeBytes: 7, etag: '"e"' })}\n`;
  await store.put(objects, kept);
  expect(await planRun(planner, 'cut', asked)).toMatchObject({ objects: 1, indexes: [0] });
  expect((await loadPlan(store, 'cut')).plan.objects).toMatchObject({ count: 1, bytes: 7 });
  expect(await store.getText(plan)).not.toBeNull();
});

test('deliveries beside each other answer alike and leave one plan', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => planRun(planner, 'beside', asked)));
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  await expect(loadPlan(store, 'beside')).resolves.toMatchObject({ plan: { runId: 'beside' } });
});

test.each([
  ['an empty prefix', { ...asked, prefix: 'data/none/' }, /^prefix: no object of bucket lake has a key/],
  ['a folder marker alone', { ...asked, prefix: 'data/empty/' }, /but 1 empty folder marker\(s\); write/],
  ['a bucket that is not allowed', { ...asked, bucket: 'other' }, /^bucket: "other" is not allowed/],
  ['a source that is not allowed', { ...asked, prefix: 'secret/' }, /^prefix: "secret\/" is not allowed/],
  ['an unknown field', { ...asked, nmu: 1 }, /^nmu: is not a field/],
])('%s is refused, and nothing is written', async (_, request, message) => {
  await expect(planRun(planner, 'refused', request)).rejects.toThrow(message);
  expect(await store.folders('runs/')).not.toContain('refused');
});

test('a bucket that does not exist is refused by name', async () => {
  const allowed = [{ bucket: 'nowhere', prefix: '' }];
  await expect(planRun({ ...planner, allowed }, 'refused', { bucket: 'nowhere' })).rejects.toThrow(
    'bucket: "nowhere" does not exist',
  );
});

test.each(['../up', '..', 'a b', 'x'.repeat(81), 'ü'])('an execution named %j is no run', async (name) => {
  await expect(planRun(planner, name, asked)).rejects.toThrow(/is no run id/);
});

test('a plan whose objects were changed since is not used', async () => {
  await planRun(planner, 'changed', asked);
  const { objects } = runFolder('changed');
  await store.put(objects, `${(await store.getText(objects))!.trimEnd()} \n`);
  await expect(loadPlan(store, 'changed')).rejects.toThrow(/was changed after it was planned/);
});

test('shares leave a record of every object; what is not allowed is a record without a request', async () => {
  const request = { ...asked, prefix: undefined, keys: ['data/"é', 'data/gone', 'data/line\nbreak'] };
  await planRun(planner, 'shared', JSON.parse(JSON.stringify(request)));
  const planned = await loadPlan(store, 'shared');
  const ended: FetchRecord[] = [];
  const share = (change: Partial<Share>, requestId: string) =>
    runShare(
      {
        store,
        allowed: [
          { bucket: lake, prefix: 'data/"' },
          { bucket: lake, prefix: 'data/g' },
        ],
        engineFor: async () => ({
          client: createSdkClient({ maxSockets: 8, verifyChecksum: true, s3: s3Settings }),
          hedging: undefined,
        }),
        deadline: new AbortController().signal,
        invocation: { requestId, sandbox: 's1', memorySizeMb: 512, coldStart: true, initMs: 50 },
        onStart: () => {},
        onEnd: (record) => ended.push(record),
      },
      planned,
      { runId: 'shared', trial: '', enteredAt: new Date().toISOString(), retryCount: 0, ...change },
    );
  const s3Settings = { endpoint: server.url, region, credentials, forcePathStyle: true };
  for (const [n, { id }] of planned.plan.trials.entries())
    if (id.startsWith('map'))
      for (const index of [0, 1, 2]) await share({ trial: id, index }, `q${n}-${index}`);
    else expect(await share({ trial: id }, `q${n}`)).toEqual({ fetched: 1, failed: 2 });
  const summary = await summarizeRun(store, 'shared');
  expect(summary).toMatchObject({
    status: 'complete',
    records: { expected: 18, fetched: 6, failed: 12, missing: 0, duplicates: 0, foreign: 0 },
    verdict: { winner: null },
  });
  expect(summary.failures.map(({ index, failure, times }) => [index, failure.code, times])).toEqual([
    [1, 'NoSuchKey', 6],
    [2, 'NotAllowed', 6],
  ]);
  expect(ended.map(({ index }) => index)).not.toContain(2);
  // Delivered again: the records stand beside the first, and change the count of duplicates alone.
  await share({ trial: planned.plan.trials[0]!.id, index: 0, retryCount: 1 }, 'again');
  const again = await summarizeRun(store, 'shared');
  expect(again.records).toEqual({ ...summary.records, duplicates: 1 });
  expect(formatSummary(await summarizeRun(store, 'shared'))).toBe(formatSummary(again));
});

const textOf = (runId: string, name: string) =>
  store.getText(runFolder(runId)[name as 'plan' | 'objects' | 'request']);
