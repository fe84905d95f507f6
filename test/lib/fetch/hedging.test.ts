import { Hedging } from '../../../lib/fetch/hedging';
import type { FetchRecord } from '../../../lib/fetch/record';
import { objectReply } from './faulty-answers';
import { objectOf } from './fetch-from';
import { reset, s3Error, silence, stallAfter } from './replies';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server';
import { clientNames, clientTo, codesOf, fetchWith } from './two-clients';

const body = Buffer.alloc(50_000, 'x');
const right = objectReply(body);
// Nothing that a test waits for ends by a timeout.
const timeouts = { connectMs: 60_000, firstByteMs: 60_000, stallMs: 60_000 };
let server: ScriptedServer;

afterEach(async () => {
  await server.allClosed();
  await server.close();
});

/** As if so many requests had taken so long. */
function knowing(samples: number, ms: number): Hedging {
  const hedging = new Hedging(95);
  for (let n = 0; n < samples; n++) hedging.add(body.length, ms);
  return hedging;
}

/** Of each key the first request gets the first reply, the second one the second. */
async function serve(repliesOf: (index: number) => readonly Reply[]): Promise<void> {
  const asked = new Map<number, number>();
  server = await startScriptedServer(({ line }) => {
    const index = Number(/(\d+)\.pq/.exec(line)![1]);
    const n = asked.get(index) ?? 0;
    asked.set(index, n + 1);
    const replies = repliesOf(index);
    return replies[Math.min(n, replies.length - 1)]!;
  });
}

const hedges = (records: readonly FetchRecord[]) =>
  records.flatMap(({ attempts }) => attempts.filter(({ hedge }) => hedge));

describe.each(clientNames)('%s', (name) => {
  const fetchSome = (count: number, change: Parameters<typeof fetchWith>[2]) =>
    fetchWith(
      clientTo(name, server.url, { maxSockets: 16 }),
      Array.from({ length: count }, (_, index) => objectOf(body, index)),
      { timeouts, ...change },
    );

  test.each<[string, Reply]>([
    ['before the head', silence],
    ['in the body', stallAfter(body, 1_000)],
  ])('a stall %s is beaten, and the loser is broken off', async (_, stall) => {
    await serve(() => [stall, right]);
    const records: FetchRecord[] = [];
    const fetching = fetchSome(1, { hedging: knowing(20, 20), onEnd: (record) => records.push(record) });
    while (records.length === 0) await new Promise(setImmediate);
    // That of the winner may be kept for another request.
    while (server.openConnections() > 1) await new Promise(setImmediate);
    const [record] = await fetching;
    expect(record).toMatchObject({ outcome: 'fetched', bytes: body.length, failure: null });
    expect(record!.attempts).toMatchObject([
      { n: 1, error: { code: 'HedgeLost' } },
      { n: 1, hedge: true, error: null, bytes: body.length },
    ]);
    expect(record!.attempts[1]!.offsetMs).toBeGreaterThanOrEqual(20);
  });

  test.each([
    [19, 0],
    [20, 1],
  ])('after %i samples there are %i hedges', async (samples, expected) => {
    let answer = () => {};
    const whenAskedAgain: Reply = (socket, request) => {
      answer = () => right(socket, request);
      if (expected === 0) setTimeout(answer, 50);
    };
    await serve(() => [whenAskedAgain, () => answer()]);
    const records = await fetchSome(1, { hedging: knowing(samples, 1) });
    expect(records[0]).toMatchObject({ outcome: 'fetched' });
    expect(hedges(records)).toHaveLength(expected);
    expect(hedges(records).map(({ error }) => error?.code)).toEqual(Array(expected).fill('HedgeLost'));
    expect(server.seen).toHaveLength(1 + expected);
  });

  test('what was issued and what was won can be counted, and the server counts the same', async () => {
    const answers: (() => void)[] = [];
    await serve((index) => {
      if (index % 2 === 0) return [silence, right];
      return [(socket, request) => (answers[index] = () => right(socket, request)), () => answers[index]!()];
    });
    const records = await fetchSome(12, { hedging: knowing(20, 20), concurrency: 4 });
    expect(records.map(({ outcome }) => outcome)).toEqual(Array(12).fill('fetched'));
    expect(hedges(records)).toHaveLength(12);
    expect(hedges(records).filter(({ error }) => error === null)).toHaveLength(6);
    const attempts = records.flatMap((record) => record.attempts);
    expect(attempts.filter(({ error }) => error?.code === 'HedgeLost')).toHaveLength(12);
    expect(server.seen).toHaveLength(attempts.length);
  });

  test('both fail: both are told, and the pair counts as one try', async () => {
    let fail = () => {};
    const whenAskedAgain: Reply = (socket, request) => {
      fail = () => reset(socket, request);
    };
    await serve(() => [
      whenAskedAgain,
      (socket, request) => {
        s3Error(503, 'SlowDown')(socket, request);
        fail();
      },
    ]);
    const [record] = await fetchSome(1, { hedging: knowing(20, 20), maxAttempts: 1 });
    expect(record!.failure?.code).toBe('ConnectionReset');
    expect(codesOf(record!)).toEqual(['ConnectionReset', 'SlowDown']);
    expect(record!.attempts.map(({ n }) => n)).toEqual([1, 1]);
  });

  test('one that fails early is tried again, not hedged', async () => {
    await serve(() => [reset, s3Error(500, 'InternalError'), right]);
    const records = await fetchSome(1, { hedging: knowing(20, 60_000) });
    expect(codesOf(records[0]!)).toEqual(['ConnectionReset', 'InternalError', null]);
    expect(hedges(records)).toEqual([]);
  });

  test('the wait before a retry is told once, by the request that waited', async () => {
    await serve(() => [reset, silence, right]);
    // The reset must come before the hedge would, however busy the machine is.
    const [record] = await fetchSome(1, { hedging: knowing(20, 1_000), random: () => 0.5 });
    expect(record!.outcome).toBe('fetched');
    const waits = record!.attempts.filter(({ n }) => n === 2).map(({ backoffMs }) => backoffMs);
    expect(waits).toEqual([25, undefined]);
  });

  test('a stop from outside ends both, and neither is said to have lost', async () => {
    const stop = new AbortController();
    await serve(() => [silence, () => stop.abort()]);
    const [record] = await fetchSome(1, { hedging: knowing(20, 20), signal: stop.signal });
    expect(record!.failure?.code).toBe('Aborted');
    expect(codesOf(record!)).toEqual(['Aborted', 'Aborted']);
  });
});
