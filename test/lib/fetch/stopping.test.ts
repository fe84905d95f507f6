import { getActiveResourcesInfo } from 'node:process';
import { StopReason } from '../../../lib/fetch/stop-reason';
import { halfThen, objectReply } from './faulty-answers';
import { objectOf } from './fetch-from';
import { s3Error, silence } from './replies';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server';
import { clientNames, clientTo, codesOf, fetchWith } from './two-clients';

const body = Buffer.alloc(100_000, 'x');
const objects = Array.from({ length: 6 }, (_, index) => objectOf(body, index));
// Only what is tested can end it.
const timeouts = { connectMs: 60_000, firstByteMs: 60_000, stallMs: 60_000 };
let server: ScriptedServer;
let before: number;

beforeEach(() => {
  before = countResources();
});

// The client's sockets and timers are gone without anybody closing them.
afterEach(async () => {
  await server.allClosed();
  await server.close();
  while (countResources() > before) await new Promise(setImmediate);
  expect(countResources()).toBeLessThanOrEqual(before);
});

const countResources = () =>
  getActiveResourcesInfo().filter((name) => /Timeout|TCP|GetAddrInfo/.test(name)).length;

const stalls: [string, Reply][] = [
  ['before the head', silence],
  [
    'in the body',
    objectReply(
      body,
      halfThen(() => {}),
    ),
  ],
  ['in the wait before a retry', s3Error(503, 'SlowDown')],
];

describe.each(clientNames)('%s', (name) => {
  describe.each(stalls)('%s', (_, stall) => {
    const fetchAll = async (change: Parameters<typeof fetchWith>[2]) => {
      server = await startScriptedServer([stall]);
      return fetchWith(clientTo(name, server.url), objects, {
        timeouts,
        concurrency: 3,
        // Waits between 500 s and 1,000 s.
        random: () => 1_000,
        ...change,
      });
    };

    test.each([null, 40_000])('an object takes no longer than it may (parts: %s)', async (partSizeBytes) => {
      const records = await fetchAll({ timeouts: { ...timeouts, objectMs: 40 }, partSizeBytes });
      expect(records.map(({ failure }) => failure?.code)).toEqual(objects.map(() => 'ObjectTimeout'));
      // The time may have been over before a request was on its way.
      expect(records.flatMap(codesOf).length).toBeGreaterThanOrEqual(server.seen.length);
    });

    test.each<[string, unknown, string]>([
      ['no more time', new StopReason('DeadlineExceeded', 'no time'), 'DeadlineExceeded'],
      ['the caller', undefined, 'Aborted'],
      ['a reason of its own', new Error('my own'), 'Aborted'],
    ])('%s stops everything, and each object has its record', async (__, reason, code) => {
      const stop = new AbortController();
      const answered = setInterval(() => server.seen.length >= 3 && stop.abort(reason), 5);
      const records = await fetchAll({ signal: stop.signal });
      clearInterval(answered);
      expect(records.map(({ failure }) => failure?.code)).toEqual(objects.map(() => code));
      const attempts = records.flatMap(codesOf);
      expect(attempts.length).toBeGreaterThanOrEqual(server.seen.length);
      if (stall !== stalls[2]![1]) expect(new Set(attempts)).toEqual(new Set([code]));
    });
  });

  test('a handshake that never ends is stopped as well', async () => {
    server = await startScriptedServer([silence]);
    const client = clientTo(name, server.url.replace('http:', 'https:'));
    const options = { timeouts: { ...timeouts, objectMs: 400 }, concurrency: 2 };
    const records = await fetchWith(client, objects.slice(0, 2), options);
    for (const { failure } of records) expect(failure).toMatchObject({ code: 'ObjectTimeout', phase: 'tls' });
  });

  test('an object that is done in time knows nothing of a limit', async () => {
    server = await startScriptedServer([objectReply(body)]);
    const records = await fetchWith(clientTo(name, server.url), objects, {
      timeouts: { ...timeouts, objectMs: 30_000 },
      partSizeBytes: 40_000,
    });
    expect(records.map(({ failure }) => failure)).toEqual(objects.map(() => null));
  });
});
