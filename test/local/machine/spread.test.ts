import { parseProgressLine } from '../../../local/machine/progress-events';
import { runToEnd } from './rest-client';
import { startMachine, type StartedMachine } from './start-machine';
import { barrier, patientTimeouts, startWatchedS3, watchedBucket, type WatchedS3 } from './watched-s3';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const keys = ['1', '2', '3', '4', '5', '6'];
let watched: WatchedS3;
let started: StartedMachine;

beforeAll(async () => {
  watched = await startWatchedS3();
  for (const key of keys) await watched.put(key, Buffer.alloc(1024, key));
  await watched.put('large', Buffer.alloc(300 * 1024, 'x'));
  started = await startMachine(watched.source);
});

afterAll(async () => {
  await started?.close();
  await watched?.close();
});

beforeEach(() => {
  watched.reset();
  started.logged.length = 0;
});

const once = { bucket: watchedBucket, num: 1, warmup: 0, maxAttempts: 1, timeouts: patientTimeouts };
const events = () =>
  started.logged.flatMap(({ line }) => {
    const event = parseProgressLine(line);
    return event ? [`${event.event === 'object-started' ? 'start' : 'finish'} ${event.key}`] : [];
  });

describe('what the S3 of the user sees', () => {
  it('of sequential: one object after the other, in the order of the request', async () => {
    await runToEnd(started.rest, { ...once, keys, strategies: ['sequential'] });
    expect(watched.mostInFlight).toBe(1);
    expect(watched.gets).toEqual(keys);
    expect(events()).toEqual(keys.flatMap((key) => [`start ${key}`, `finish ${key}`]));
  });

  it.each(['concurrent', 'map'])(
    'of %s: as many at once as were asked for, and no more',
    async (strategy) => {
      watched.beforeGet = barrier(3);
      const ended = await runToEnd(started.rest, { ...once, keys, strategies: [strategy], concurrency: [3] });
      expect(ended).toMatchObject({ status: 'complete', summary: { records: { fetched: 6, failed: 0 } } });
      expect(watched.mostInFlight).toBe(3);
      expect(watched.gets.toSorted()).toEqual(keys);
      // Nobody was answered before the third had asked: so three starts come before the first finish.
      expect(
        events()
          .slice(0, 3)
          .every((event) => event.startsWith('start')),
      ).toBe(true);
      expect(events()).toHaveLength(12);
    },
  );

  it('of ranged: the parts of one object at once', async () => {
    watched.beforeGet = barrier(4);
    const request = { ...once, keys: ['large'], strategies: ['ranged'], concurrency: [4], partSize: '64KiB' };
    const ended = await runToEnd(started.rest, request);
    expect(ended).toMatchObject({ status: 'complete', summary: { records: { fetched: 1 } } });
    expect(watched.mostInFlight).toBe(4);
    expect(watched.gets).toHaveLength(5);
  });

  it('of a dry run: no GET, but a plan and a summary that says so', async () => {
    const ended = await runToEnd(started.rest, { ...once, keys, dryRun: true });
    expect(watched.gets).toEqual([]);
    expect(ended).toMatchObject({
      status: 'complete',
      progress: { trials: 4, trialsStarted: 0, objects: 6 },
      summary: { records: { expected: 0 }, verdict: { winner: null, why: 'a dry run: nothing was fetched' } },
    });
  });
});

describe('the request {}', () => {
  it('lacks a bucket where the S3 is not the one of this machine', async () => {
    expect(await started.rest('POST', '/runs', {})).toMatchObject({
      status: 400,
      json: { problems: [{ path: 'bucket', problem: 'is needed', write: '"bucket":"my-bucket"' }] },
    });
    expect(watched.gets).toEqual([]);
  });
});
