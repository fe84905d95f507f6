import { formatObjects } from '../../../lib/run/planned-object';
import { runFolder } from '../../../lib/run/run-folder';
import { plannedRun, recordOf } from '../summary/made-up-run';
import { type ApiUnderTest, startApi } from './api-under-test';

const runId = 'r1';
const folder = runFolder(runId);
const run = plannedRun({ strategies: ['sequential'], num: 2, warmup: 0 }, 3);
const [first, second] = run.plan.trials.map(({ id }) => id) as [string, string];
// Two bytes a character, so that two such records are more than a page, and their characters are not.
const long = 'é'.repeat(1_100_000);
const tooLong = 'é'.repeat(2_100_000);

let under: ApiUnderTest;
beforeAll(async () => {
  under = await startApi();
  await under.ask({ method: 'POST', body: '{}', headers: { 'idempotency-key': runId } });
  await under.store.put(folder.plan, JSON.stringify(run.plan));
  await under.store.put(folder.objects, formatObjects(run.objects));
  const records = [
    recordOf(first, 0),
    recordOf(first, 1, { sandbox: long }),
    recordOf(first, 2, { sandbox: long }),
    recordOf(second, 1, { sandbox: tooLong }),
  ];
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  await under.store.put(`${folder.recordsOf(first)}all/0-q1/part-00001.jsonl`, lines);
  await under.store.put(`${folder.recordsOf(first)}all/0-q1/done.json`, 'torn{');
});
afterAll(() => under.close());

const ask = (query: Record<string, string>, id = runId) =>
  under.ask({ resource: '/runs/{runId}/records', runId: id, query });
const indexesOf = (body: string) =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { index: number }).index);

test('records come in pages below what a Lambda may answer, counted in bytes', async () => {
  const page = await ask({ trial: first });
  expect(indexesOf(page.body)).toEqual([0, 1]);
  expect(Buffer.byteLength(page.body)).toBeLessThan(4_000_000);
  expect(page.headers['x-next-from']).toBe('2');
  const last = await ask({ trial: first, from: '2' });
  expect(indexesOf(last.body)).toEqual([2]);
  expect(last.headers).not.toHaveProperty('x-next-from');
});

test('a record that no page can hold is said to be so, and how to go on', async () => {
  expect(indexesOf((await ask({ trial: second })).body)).toEqual([0]);
  expect(await ask({ trial: second, from: '1' })).toMatchObject({
    statusCode: 413,
    json: { error: 'RecordTooLarge', message: expect.stringMatching(/from=2$/) as string },
  });
  expect(indexesOf((await ask({ trial: second, from: '2' })).body)).toEqual([2]);
});

test('beyond the last record there is nothing', async () => {
  expect(await ask({ trial: first, from: '99' })).toMatchObject({ statusCode: 200, body: '' });
});

test.each(['-1', '1.5', '', 'x', '1e3', ' 1', '9'.repeat(20)])('from=%s is refused', async (from) => {
  expect(await ask({ from })).toMatchObject({ statusCode: 400, json: { problems: [{ path: 'from' }] } });
});

test('a trial that the run does not have is refused with one that it has', async () => {
  expect(await ask({ trial: 'map-8-sdk#1' })).toMatchObject({
    statusCode: 400,
    json: { problems: [{ path: 'trial', write: `trial=${first}` }] },
  });
});

test('a run without a plan has no records', async () => {
  await under.ask({ method: 'POST', body: '{}', headers: { 'idempotency-key': 'unplanned' } });
  expect(await ask({}, 'unplanned')).toMatchObject({ statusCode: 404, json: { error: 'NoRecords' } });
  expect(await ask({}, 'nobody')).toMatchObject({ statusCode: 404, json: { error: 'NoSuchRun' } });
});
