import { type ApiUnderTest, startApi } from './api-under-test';

let under: ApiUnderTest;
beforeAll(async () => {
  under = await startApi();
});
afterAll(() => under.close());

const post = (body: string, headers: Record<string, string> = {}) =>
  under.ask({ method: 'POST', body, headers });

test('a run is started at once, and found again by its id', async () => {
  const { statusCode, json } = await post('{"num":2}');
  expect(statusCode).toBe(202);
  const runId = json['runId'] as string;
  expect(runId).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
  expect(json['links']).toEqual({
    self: `/v1/runs/${runId}`,
    report: `/v1/runs/${runId}/report`,
    records: `/v1/runs/${runId}/records`,
  });
  const found = await under.ask({ resource: '/runs/{runId}', runId });
  expect(found).toMatchObject({ statusCode: 200, json: { runId, status: 'running', summary: null } });
});

test('an empty body is an empty request', async () => {
  expect(await post('')).toMatchObject({ statusCode: 202 });
  expect(await post(' \n')).toMatchObject({ statusCode: 202 });
});

test('an idempotency key names the run, whatever the case of the header', async () => {
  expect(await post('{}', { 'IDEMPOTENCY-key': 'nightly-1' })).toMatchObject({
    statusCode: 202,
    json: { runId: 'nightly-1' },
  });
});

test('the same key with the same request is the same run; with another it is refused', async () => {
  const key = { 'idempotency-key': 'nightly-2' };
  const [first, again] = [await post('{"num":2,"seed":3}', key), await post('{"seed":3, "num":2}', key)];
  expect([first.statusCode, again.statusCode]).toEqual([202, 202]);
  expect(again.json).toEqual(first.json);
  expect(await post('{"num":3}', key)).toMatchObject({ statusCode: 409, json: { error: 'RunExists' } });
});

test.each(['', 'two words', '../up', 'a'.repeat(81), 'ü', 'a/b', 'a\n'])(
  'the key %j is refused',
  async (key) => {
    expect(await post('{}', { 'idempotency-key': key })).toMatchObject({
      statusCode: 400,
      json: { error: 'RequestError', problems: [{ path: 'Idempotency-Key' }] },
    });
  },
);

test.each([
  ['not JSON', '{', '$'],
  ['null', 'null', '$'],
  ['an unknown field', '{"colour":1}', 'colour'],
  ['a bucket that is not allowed', '{"bucket":"lake"}', 'bucket'],
  ['a prefix that is not allowed', '{"prefix":"runs/"}', 'prefix'],
])('%s is a bad request, with path, problem and what to write', async (_, body, path) => {
  const { statusCode, json } = await post(body);
  expect(statusCode).toBe(400);
  expect(json).toMatchObject({
    error: 'RequestError',
    problems: [{ path, problem: expect.any(String) as string, write: expect.any(String) as string }],
  });
});

test.each(['GET', 'DELETE'])('%s of an unknown run is a 404', async (method) => {
  expect(await under.ask({ method, resource: '/runs/{runId}', runId: 'nobody' })).toMatchObject({
    statusCode: 404,
    json: { error: 'NoSuchRun' },
  });
});

test.each(['../plan', 'a b', '', 'x'.repeat(81)])(
  'the run id %j is a 404 that asks nobody',
  async (runId) => {
    expect(await under.ask({ resource: '/runs/{runId}', runId })).toMatchObject({ statusCode: 404 });
  },
);

test.each([
  ['PUT', '/runs'],
  ['GET', '/nothing'],
  ['constructor', ''],
])('%s %s is no route', async (method, resource) => {
  expect(await under.ask({ method, resource })).toMatchObject({
    statusCode: 404,
    json: { error: 'NoSuchRoute' },
  });
});

test('a run that is stopped says so, and stopping it again changes nothing', async () => {
  await post('{}', { 'idempotency-key': 'to-stop' });
  const stop = () => under.ask({ method: 'DELETE', resource: '/runs/{runId}', runId: 'to-stop' });
  expect((await stop()).json).toMatchObject({ runId: 'to-stop', status: 'stopped' });
  expect((await stop()).json).toMatchObject({ runId: 'to-stop', status: 'stopped' });
  expect(await under.ask({ resource: '/runs/{runId}/report', runId: 'to-stop' })).toMatchObject({
    statusCode: 404,
    json: { error: 'NoReport' },
  });
});

test('runs come in pages, the newest first, each once', async () => {
  const seen: string[] = [];
  let next: string | null | undefined;
  do {
    const query: Record<string, string> = { limit: '2', ...(next && { next }) };
    const { json } = await under.ask({ query });
    const runs = json['runs'] as { runId: string }[];
    expect(runs.length).toBeLessThanOrEqual(2);
    seen.push(...runs.map(({ runId }) => runId));
    next = json['next'] as string | null;
  } while (next);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toContain('nightly-1');
  expect(seen.indexOf('to-stop')).toBeLessThan(seen.indexOf('nightly-1'));
});

test.each(['0', '101', '-1', '1.5', 'many', '', ' 5', '1e1', '0x10'])(
  'limit=%s is refused',
  async (limit) => {
    expect(await under.ask({ query: { limit } })).toMatchObject({
      statusCode: 400,
      json: { problems: [{ path: 'limit' }] },
    });
  },
);

test('a page that does not exist is refused', async () => {
  expect(await under.ask({ query: { next: 'nonsense' } })).toMatchObject({
    statusCode: 400,
    json: { problems: [{ path: 'next' }] },
  });
});
