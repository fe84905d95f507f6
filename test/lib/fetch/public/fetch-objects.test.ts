import { randomBytes } from 'node:crypto';
import { type FetchOptions, type FetchRecord, fetchObjects, type Wanted } from '../../../../lib/fetch';
import { type Lake, startLake } from './lake';

let lake: Lake;
const large = randomBytes(300_000);

beforeAll(async () => {
  lake = await startLake();
  for (let n = 0; n < 5; n++) await lake.put(`small/${n}`, `object ${n}`);
  await lake.put('large', large);
  await lake.put('empty', '');
});

afterAll(() => lake.close());

async function all(
  wanted: Iterable<Wanted> | AsyncIterable<Wanted>,
  change: Partial<FetchOptions> = {},
): Promise<FetchRecord[]> {
  const records: FetchRecord[] = [];
  for await (const record of fetchObjects(wanted, { ...lake.options, ...change })) records.push(record);
  return records.sort((a, b) => a.index - b.index);
}

test('a list of keys gives a record each, told apart by their place in the list', async () => {
  const records = await all(['small/3', 'empty', 'small/3', 'large']);
  expect(records.map(({ key, outcome, bytes }) => [key, outcome, bytes])).toEqual([
    ['small/3', 'fetched', 8],
    ['empty', 'fetched', 0],
    ['small/3', 'fetched', 8],
    ['large', 'fetched', 300_000],
  ]);
  expect(records.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  expect(records.map(({ integrity }) => integrity)).toEqual(['crc', 'crc', 'crc', 'crc']);
});

test('the keys may come one by one', async () => {
  async function* listing() {
    for (let n = 0; n < 5; n++) yield Promise.resolve(`small/${n}`);
  }
  const records = await all(listing(), { concurrency: 2 });
  expect(records.map(({ key, bytes }) => `${key} ${bytes}`)).toEqual(
    [0, 1, 2, 3, 4].map((n) => `small/${n} 8`),
  );
});

test('an empty list gives no record', async () => {
  expect(await all([])).toEqual([]);
});

test('ranges come together to the whole object, whether its size is known or asked for', async () => {
  const known = { key: 'large', sizeBytes: large.length };
  for (const wanted of ['large', known]) {
    const body = Buffer.alloc(large.length);
    const [record] = await all([wanted], {
      partSizeBytes: 65_536,
      onBody: (_, chunk, offset) => body.set(chunk, offset),
    });
    expect(record).toMatchObject({ outcome: 'fetched', bytes: large.length, integrity: 'crc' });
    const ranges = record!.attempts.flatMap(({ range }) => range ?? []).sort();
    expect(ranges).toEqual([
      'bytes=0-65535',
      'bytes=131072-196607',
      'bytes=196608-262143',
      'bytes=262144-299999',
      'bytes=65536-131071',
    ]);
    expect(body.equals(large)).toBe(true);
  }
});

test('a size or an ETag that is no longer right is a failed record', async () => {
  const [size, etag] = await all([
    { key: 'small/1', sizeBytes: 9 },
    { key: 'small/2', etag: '"0123"' },
  ]);
  expect(size!.failure).toMatchObject({ code: 'ShortBody', phase: 'firstByte' });
  expect(etag!.failure).toMatchObject({ code: 'ObjectChanged' });
});

test('a key that is not there is a record, and the others are fetched', async () => {
  const records = await all(['small/0', 'nowhere', 'small/1']);
  expect(records.map(({ outcome }) => outcome)).toEqual(['fetched', 'failed', 'fetched']);
  expect(records[1]!.failure).toMatchObject({ code: 'NoSuchKey', phase: 'firstByte' });
  expect(records[1]!.attempts).toHaveLength(1);
});

test('onBody is told whose bytes it gets, and where they belong', async () => {
  const bodies: string[] = ['', ''];
  await all(['small/4', 'small/2'], {
    onBody: ({ index, key }, chunk, offset) => {
      bodies[index] += `${key}@${offset}=${Buffer.from(chunk).toString()}`;
    },
  });
  expect(bodies).toEqual(['small/4@0=object 4', 'small/2@0=object 2']);
});

test('a mistake in onBody fails the object and says so', async () => {
  const [record] = await all(['small/0'], {
    onBody: () => {
      throw new Error('no room');
    },
  });
  expect(record!.failure?.message).toContain('no room');
});

test('a signal stops what is under way, and each object that was begun says so', async () => {
  const stop = new AbortController();
  const records = await all(['large', 'large', 'large'], {
    concurrency: 1,
    signal: stop.signal,
    onBody: () => stop.abort(),
  });
  expect(records.length).toBeGreaterThan(0);
  expect(new Set(records.map(({ failure }) => failure?.code))).toEqual(new Set(['Aborted']));
});

test('who stops reading stops the fetching', async () => {
  let taken = 0;
  function* endless() {
    for (;;) {
      taken++;
      yield 'small/0';
    }
  }
  for await (const record of fetchObjects(endless(), { ...lake.options, concurrency: 2 }))
    if (record.index >= 3) break;
  expect(taken).toBeLessThan(1_000);
});
