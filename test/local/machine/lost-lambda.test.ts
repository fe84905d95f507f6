import { parseRecords } from './run-files';
import { killFetchSandboxes } from './kill-sandbox';
import { endOf, startRun } from './rest-client';
import { startMachine, type StartedMachine } from './start-machine';
import { patientTimeouts, startWatchedS3, watchedBucket, type WatchedS3 } from './watched-s3';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const keys = ['good', 'deadly', 'last'];
let watched: WatchedS3;
let started: StartedMachine;

beforeAll(async () => {
  watched = await startWatchedS3();
  for (const key of keys) await watched.put(key, key);
  started = await startMachine(watched.source);
});

afterAll(async () => {
  await started?.close();
  await watched?.close();
});

beforeEach(() => watched.reset());

/** The Lambda that asks for `deadly` is killed, the first `times` times; its GET is never answered. */
function killOnDeadly(times: number): void {
  let killed = 0;
  watched.beforeGet = (key) => {
    if (key !== 'deadly' || killed >= times) return undefined;
    killed += killFetchSandboxes(process.pid);
    return undefined;
  };
}

async function race(strategy: string) {
  const request = {
    bucket: watchedBucket,
    keys,
    strategies: [strategy],
    concurrency: [1],
    num: 1,
    warmup: 0,
    timeouts: patientTimeouts,
  };
  const runId = await startRun(started.rest, request);
  const ended = await endOf(started.rest, runId);
  const records = parseRecords((await started.rest('GET', `/runs/${runId}/records`)).text);
  return { ended, byKey: Object.fromEntries(records.map((record) => [record.key, record])) };
}

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;

linuxOnly('a Lambda that is killed in the middle', () => {
  it('once: is invoked again, and the run is complete', async () => {
    killOnDeadly(1);
    const { ended, byKey } = await race('sequential');
    expect(ended).toMatchObject({
      status: 'complete',
      summary: { records: { expected: 3, fetched: 3, failed: 0, missing: 0 } },
    });
    expect(byKey['deadly']).toMatchObject({ outcome: 'fetched', coldStart: true });
    expect(watched.gets).toEqual(['good', 'deadly', 'good', 'deadly', 'last']);
  });

  it('twice: the run goes on to its summary, which says that no record came', async () => {
    killOnDeadly(2);
    const { ended, byKey } = await race('sequential');
    expect(ended).toMatchObject({
      status: 'incomplete',
      error: null,
      summary: { status: 'incomplete', records: { expected: 3, fetched: 0, failed: 3, missing: 3 } },
    });
    for (const key of keys)
      expect(byKey[key]).toMatchObject({ outcome: 'failed', failure: { code: 'NoRecord' } });
  });

  it('twice, where each object has a Lambda of its own: the others are fetched', async () => {
    killOnDeadly(2);
    const { ended, byKey } = await race('map');
    expect(ended).toMatchObject({
      status: 'incomplete',
      summary: { records: { expected: 3, fetched: 2, failed: 1, missing: 1 } },
    });
    expect(byKey['deadly']).toMatchObject({ failure: { code: 'NoRecord' } });
    expect(byKey['last']).toMatchObject({ outcome: 'fetched' });
  });
});
