import { Readable } from 'node:stream';
import { startClock } from '../../../lib/fetch/clock';
import { fetchObjects } from '../../../lib/fetch/fetch-objects';
import type { ObjectToFetch } from '../../../lib/fetch/fetch-options';
import { Jobs } from '../../../lib/fetch/jobs';
import { ObjectWatch } from '../../../lib/fetch/object-watch';
import { RetryBudget } from '../../../lib/fetch/retry-budget';
import { objectReply } from './faulty-answers';
import { objectOf, optionsOf } from './fetch-from';
import { type ScriptedServer, startScriptedServer } from './scripted-server';
import { clientTo, fetchWith } from './two-clients';

const body = Buffer.alloc(1_000, 'x');
const objects = Array.from({ length: 60 }, (_, index) => objectOf(body, index));
const numbers = Array.from({ length: 60 }, (_, index) => index);
let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer([objectReply(body)]);
});
afterAll(() => server.close());

const ascending = (records: { index: number }[]) => records.map(({ index }) => index).sort((a, b) => a - b);

/** Gives its objects one by one, and keeps whether it was closed. */
function listing(until: (index: number) => Promise<void> = async () => {}) {
  const seen = { closed: 0 };
  async function* source(): AsyncGenerator<ObjectToFetch> {
    try {
      for (const object of objects) {
        await until(object.index);
        yield object;
      }
    } finally {
      seen.closed++;
    }
  }
  return { source: source(), seen };
}

test.each([1, 50])('%i workers take every object of an asynchronous source once', async (concurrency) => {
  const { source, seen } = listing(() => new Promise(setImmediate));
  const client = clientTo('direct', server.url, { maxSockets: concurrency });
  const records = await fetchWith(client, source, { concurrency, partSizeBytes: 400 });
  expect(ascending(records)).toEqual(numbers);
  expect(seen.closed).toBe(1);
});

// Its promises are of another realm here, as they are wherever a library brings promises of its own.
test('a stream of Node is a source', async () => {
  const records = await fetchWith(clientTo('direct', server.url), Readable.from(objects));
  expect(ascending(records)).toEqual(numbers);
});

test('no object is lost by a source whose end is known before its last objects are', async () => {
  let asked = 0;
  const source: AsyncIterable<ObjectToFetch> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const object = objects[asked++];
        if (!object) return { done: true, value: undefined };
        for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
        return { done: false, value: object };
      },
    }),
  };
  const client = clientTo('direct', server.url);
  expect(ascending(await fetchWith(client, source, { concurrency: 50 }))).toEqual(numbers);
});

test.each<[string, (until: Error) => Iterable<ObjectToFetch> | AsyncIterable<ObjectToFetch>]>([
  [
    'at once',
    function* throws(error) {
      yield objects[0]!;
      throw error;
    },
  ],
  [
    'later',
    async function* throwsLater(error) {
      yield objects[0]!;
      await new Promise(setImmediate);
      throw error;
    },
  ],
])('what the source throws %s reaches the caller', async (_, sourceOf) => {
  const source = sourceOf(new Error('the listing broke'));
  await expect(fetchWith(clientTo('direct', server.url), source)).rejects.toThrow('the listing broke');
});

async function takeOne(source: AsyncIterable<ObjectToFetch>, onStart?: () => void) {
  const client = clientTo('direct', server.url);
  for await (const record of fetchObjects(source, optionsOf(client, { ...(onStart && { onStart }) }))) {
    client.closeConnections();
    return record;
  }
  return null;
}

test('who stops early closes the source', async () => {
  const { source, seen } = listing();
  expect((await takeOne(source))?.outcome).toBe('fetched');
  expect(seen.closed).toBe(1);
});

test('who stops early is not held up by a source that brings nothing more, and begins nothing more', async () => {
  let bringMore = () => {};
  const more = new Promise<void>((resolve) => (bringMore = resolve));
  const { source, seen } = listing((index) => (index < 2 ? Promise.resolve() : more));
  let started = 0;
  expect((await takeOne(source, () => started++))?.outcome).toBe('fetched');
  const startedByThen = started;
  bringMore();
  while (seen.closed === 0) await new Promise(setImmediate);
  expect(started).toBe(startedByThen);
});

test('an object may have more parts than fit on the stack, and each costs the same', async () => {
  const huge: ObjectToFetch = { index: 0, key: 'huge', sizeBytes: 150_000, etag: '"a"' };
  const watch = new ObjectWatch(1_000, undefined);
  const options = optionsOf(clientTo('direct', server.url), { partSizeBytes: 1, clock: startClock() });
  const jobs = new Jobs([huge], { ...options, watch, budget: new RetryBudget() });
  let count = 0;
  while (await jobs.next()) count++;
  expect(count).toBe(150_000);
  watch.close();
});
