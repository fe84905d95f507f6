import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { endOf } from './rest-client';
import { startMachine, type StartedMachine } from './start-machine';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const request = { bucket: 'again', keys: ['a'], strategies: ['sequential'], num: 1, warmup: 0 };
let started: StartedMachine;

beforeAll(async () => {
  started = await startMachine();
  await started.s3.send(new CreateBucketCommand({ Bucket: request.bucket }));
  await started.put(request.bucket, 'a', 'a');
});

afterAll(() => started?.close());

const post = (body: object, key: string) => started.rest('POST', '/runs', body, { 'idempotency-key': key });

describe('an Idempotency-Key', () => {
  it('names the run: the same request again is the same run, while it runs and after', async () => {
    const [first, second] = await Promise.all([post(request, 'mine-1'), post(request, 'mine-1')]);
    expect(first).toMatchObject({ status: 202, json: { runId: 'mine-1' } });
    expect(second).toMatchObject({ status: 202, json: first.json! });
    const ended = await endOf(started.rest, 'mine-1');
    expect(ended).toMatchObject({
      runId: 'mine-1',
      status: 'complete',
      summary: { records: { fetched: 1 } },
    });
    expect(await post(request, 'mine-1')).toMatchObject({ status: 202, json: first.json! });
    // Written otherwise, meant the same.
    const reordered = Object.fromEntries(Object.entries(request).reverse());
    expect(await post(reordered, 'mine-1')).toMatchObject({ status: 202 });
    expect((await started.rest('GET', '/runs/mine-1')).json).toEqual(ended);
  });

  it('of another request is a conflict', async () => {
    await post(request, 'mine-2');
    const other = await post({ ...request, num: 2 }, 'mine-2');
    expect(other).toMatchObject({ status: 409, json: { error: 'RunExists' } });
    await endOf(started.rest, 'mine-2');
    expect(await post({ ...request, num: 2 }, 'mine-2')).toMatchObject({ status: 409 });
  });

  it.each(['a b', 'x'.repeat(81), '../up', 'ä'.normalize('NFD')])('cannot be %j', async (key) => {
    const headers = { 'idempotency-key': Buffer.from(key).toString('latin1') };
    expect(await started.rest('POST', '/runs', request, headers)).toMatchObject({
      status: 400,
      json: { problems: [{ path: 'Idempotency-Key', write: expect.stringMatching(/letters/) as string }] },
    });
  });
});

describe('GET /runs', () => {
  it('lists the newest first, page by page', async () => {
    for (const key of ['list-1', 'list-2', 'list-3']) {
      await post(request, key);
      await endOf(started.rest, key);
    }
    const first = await started.rest('GET', '/runs?limit=2');
    expect(first.status).toBe(200);
    expect(idsOf(first.json)).toEqual(['list-3', 'list-2']);
    expect(first.json).toMatchObject({
      runs: [{ status: 'complete', links: { self: expect.stringContaining('/runs/list-3') as string } }, {}],
    });
    const next = encodeURIComponent(first.json!['next'] as string);
    const second = await started.rest('GET', `/runs?limit=2&next=${next}`);
    expect(idsOf(second.json)[0]).toBe('list-1');
  });

  it.each(['limit=0', 'limit=101', 'limit=two', 'next=nonsense'])('refuses %s', async (query) => {
    expect(await started.rest('GET', `/runs?${query}`)).toMatchObject({
      status: 400,
      json: { problems: [{ path: query.split('=')[0] }] },
    });
  });
});

const idsOf = (json: Record<string, unknown> | null) =>
  (json!['runs'] as { runId: string }[]).map(({ runId }) => runId);

describe('a run that does not exist', () => {
  it.each([
    ['GET', '/runs/unknown'],
    ['GET', '/runs/unknown/report'],
    ['GET', '/runs/unknown/records'],
    ['DELETE', '/runs/unknown'],
    ['GET', `/runs/${'x'.repeat(81)}`],
    ['GET', '/runs/%2e%2e%2f'],
  ])('%s %s is a 404', async (method, path) => {
    expect(await started.rest(method, path)).toMatchObject({ status: 404, json: { error: 'NoSuchRun' } });
  });
});
