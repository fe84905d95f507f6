import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { fetchObject, streamObject } from '../../../../lib/fetch';
import { type Lake, startLake } from './lake';

let lake: Lake;
const large = randomBytes(1_500_000);

beforeAll(async () => {
  lake = await startLake();
  await lake.put('large', large);
  await lake.put('empty', '');
});

afterAll(() => lake.close());

test('fetchObject gives the whole content and its record', async () => {
  const { record, body } = await fetchObject('large', lake.options);
  expect(record).toMatchObject({ outcome: 'fetched', bytes: large.length, integrity: 'crc' });
  expect(body!.equals(large)).toBe(true);
});

test('fetchObject puts ranges together', async () => {
  const { record, body } = await fetchObject('large', { ...lake.options, partSizeBytes: 100_000 });
  expect(record.attempts.filter(({ range }) => range)).toHaveLength(15);
  expect(body!.equals(large)).toBe(true);
});

test('fetchObject gives an empty object as no bytes, and a missing one as null', async () => {
  expect((await fetchObject('empty', lake.options)).body).toHaveLength(0);
  const { record, body } = await fetchObject('nowhere', lake.options);
  expect(body).toBeNull();
  expect(record.failure?.code).toBe('NoSuchKey');
});

test('streamObject gives the whole content in order', async () => {
  expect((await buffer(streamObject('large', lake.options))).equals(large)).toBe(true);
  expect(await buffer(streamObject('empty', lake.options))).toHaveLength(0);
});

test('streamObject ends with the failure where the object is missing', async () => {
  await expect(buffer(streamObject('nowhere', lake.options))).rejects.toThrow('nowhere: NoSuchKey');
});

test('a reader that breaks off leaves no connection behind', async () => {
  for await (const chunk of streamObject('large', lake.options)) {
    expect((chunk as Buffer).length).toBeGreaterThan(0);
    break;
  }
  await noSockets();
});

test('a signal breaks the stream off', async () => {
  const stop = new AbortController();
  const stream = streamObject('large', { ...lake.options, signal: stop.signal });
  stop.abort();
  await expect(buffer(stream)).rejects.toThrow('Aborted');
  await noSockets();
});

// Ends by the test's own time limit where one stays open.
async function noSockets(): Promise<void> {
  const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap');
  // Those of the SDK that filled the bucket are closed with it; these are the engine's and the server's ends.
  while (sockets().length > idleSockets) await new Promise(setImmediate);
}

let idleSockets = 0;
beforeAll(() => {
  idleSockets = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
});
