import { getEventListeners } from 'node:events';
import { fetchObjects } from '../../../lib/fetch/fetch-objects';
import { clientOf, fetchAll, objectOf, optionsOf, requestOf } from './fetch-from';
import { asAsked, stallAfter } from './replies';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server';

const body = Buffer.alloc(1000, 'x');
const objects = Array.from({ length: 12 }, (_, index) => objectOf(body, index));
let server: ScriptedServer;

afterEach(async () => {
  await server.allClosed();
  await server.close();
});

/** Keeps requests waiting until `together` of them are there, so that nothing less than that gets on. */
function gatherBefore(together: number) {
  const waiting: (() => void)[] = [];
  const seen = { peak: 0 };
  const reply: Reply = (socket, request) => {
    waiting.push(() => asAsked(body)(socket, request));
    seen.peak = Math.max(seen.peak, waiting.length);
    // A moment more: one too many would come now.
    if (waiting.length === together) setTimeout(() => waiting.splice(0).forEach((go) => go()), 10);
  };
  return { reply, seen };
}

test.each([
  ['whole objects', 3, null],
  ['whole objects', 4, null],
  ['parts', 4, 300],
])('%s: as many requests at once as asked, %i, and never more', async (_, concurrency, partSizeBytes) => {
  const { reply, seen } = gatherBefore(concurrency);
  server = await startScriptedServer([reply]);
  const records = await fetchAll(server.url, objects, { concurrency, partSizeBytes });
  expect(records.filter(({ outcome }) => outcome === 'fetched')).toHaveLength(objects.length);
  expect(seen.peak).toBe(concurrency);
});

test('one at a time takes turns: an object ends before the next begins', async () => {
  server = await startScriptedServer([asAsked(body)]);
  const events: string[] = [];
  const records = await fetchAll(server.url, objects.slice(0, 4), {
    concurrency: 1,
    onStart: ({ index }) => events.push(`start ${index}`),
    onEnd: ({ index }) => events.push(`end ${index}`),
  });
  expect(events).toEqual([0, 1, 2, 3].flatMap((n) => [`start ${n}`, `end ${n}`]));
  const ends = records.map(({ startMs, durationMs }) => startMs + durationMs);
  records.slice(1).forEach(({ startMs }, n) => expect(startMs).toBeGreaterThanOrEqual(ends[n]! - 0.01));
});

test('at once: starts come in the order of the objects, each before its end, each once', async () => {
  server = await startScriptedServer([asAsked(body)]);
  const started: number[] = [];
  const ended: number[] = [];
  const yielded = await fetchAll(server.url, objects, {
    concurrency: 5,
    partSizeBytes: 300,
    onStart: ({ index }) => started.push(index),
    onEnd: ({ index }) => {
      expect(started).toContain(index);
      ended.push(index);
    },
  });
  expect(started).toEqual(objects.map(({ index }) => index));
  expect(ended).toEqual(yielded.map(({ index }) => index));
  expect([...ended].sort((a, b) => a - b)).toEqual(started);
});

test('who stops early stops everything: nothing goes on, nothing stays open', async () => {
  let requests = 0;
  server = await startScriptedServer(() => (requests++ === 0 ? asAsked(body) : stallAfter(body, 10)));
  const client = clientOf(server.url, 3);
  const started: number[] = [];
  const options = optionsOf(client, {
    concurrency: 3,
    timeouts: { connectMs: 60_000, firstByteMs: 60_000, stallMs: 60_000 },
    onStart: ({ index }) => started.push(index),
  });
  let taken = 0;
  for await (const record of fetchObjects(objects, options)) {
    expect(record.outcome).toBe('fetched');
    taken++;
    break;
  }
  const startedByThen = started.length;
  client.closeConnections();
  await server.allClosed();
  expect(taken).toBe(1);
  expect(started).toHaveLength(startedByThen);
  expect(startedByThen).toBeLessThanOrEqual(4);
});

test('a stop from outside leaves a record for every object, and no request is counted that was not made', async () => {
  const stop = new AbortController();
  server = await startScriptedServer([
    asAsked(body),
    (socket, request) => {
      stallAfter(body, 10)(socket, request);
      stop.abort();
    },
  ]);
  const records = await fetchAll(server.url, objects, { concurrency: 1, signal: stop.signal });
  expect(records).toHaveLength(objects.length);
  expect(records[0]!.outcome).toBe('fetched');
  for (const { failure } of records.slice(1)) expect(failure?.code).toBe('Aborted');
  const attempts = records.reduce((sum, record) => sum + record.attempts.length, 0);
  expect(attempts).toBe(server.seen.length);
});

test('a stop while waiting for a retry ends the wait', async () => {
  const stop = new AbortController();
  server = await startScriptedServer([
    (socket) => {
      socket.resetAndDestroy();
      setTimeout(() => stop.abort(), 20);
    },
  ]);
  const [record] = await fetchAll(server.url, objects.slice(0, 1), {
    signal: stop.signal,
    // 4 s of backoff for the third request.
    random: () => 80,
  });
  expect(record).toMatchObject({ outcome: 'failed', failure: { code: 'Aborted' } });
  expect(record!.attempts.map(({ error }) => error?.code)).toEqual(['ConnectionReset']);
});

test.each(['onStart', 'onEnd'] as const)(
  'what %s throws reaches the caller, and nothing stays open',
  async (hook) => {
    server = await startScriptedServer([asAsked(body)]);
    const client = clientOf(server.url);
    const seen: number[] = [];
    const fetching = async () => {
      const options = optionsOf(client, {
        [hook]: ({ index }: { index: number }) => {
          if (index === 2) throw new Error('the disk is full');
        },
      });
      for await (const { index } of fetchObjects(objects, options)) seen.push(index);
    };
    await expect(fetching()).rejects.toThrow('the disk is full');
    client.closeConnections();
  },
);

test('a signal that outlives many attempts keeps nothing of them', async () => {
  const { signal } = new AbortController();
  server = await startScriptedServer([asAsked(body)]);
  const client = clientOf(server.url);
  for (let n = 0; n < 3; n++) await client.get(requestOf({ signal }));
  client.closeConnections();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
