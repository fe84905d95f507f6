import { DescribeExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { parseRecords } from './run-files';
import { startRun } from './rest-client';
import { startMachine, type StartedMachine } from './start-machine';
import { patientTimeouts, startWatchedS3, watchedBucket, type WatchedS3 } from './watched-s3';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const keys = ['1', '2', '3'];
const request = {
  bucket: watchedBucket,
  keys,
  strategies: ['sequential'],
  num: 5,
  warmup: 0,
  timeouts: patientTimeouts,
};
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

/** A run whose first trial is whole and whose second waits for its first object until `release`. */
async function runThatIsHeld(): Promise<{ runId: string; release: () => Promise<void> }> {
  watched.reset();
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const reached = new Promise<void>((resolve) => {
    watched.beforeGet = () => {
      if (watched.gets.length <= keys.length) return undefined;
      resolve();
      return released;
    };
  });
  const runId = await startRun(started.rest, request);
  await reached;
  return {
    runId,
    release: async () => {
      release();
      await started.machine.idle();
    },
  };
}

const executionArn = (runId: string) =>
  `${started.machine.stateMachineArn.replace(':stateMachine:', ':execution:')}:${runId}`;

describe('a run that is stopped', () => {
  it('says so, with a summary of what there is', async () => {
    const { runId, release } = await runThatIsHeld();
    const running = await started.rest('GET', `/runs/${runId}`);
    expect(running.json).toMatchObject({
      status: 'running',
      endedAt: null,
      summary: null,
      progress: { trials: 5, objects: 3, trialsStarted: 1 },
    });
    expect(await started.rest('GET', `/runs/${runId}/report`)).toMatchObject({
      status: 409,
      json: { error: 'RunIsRunning' },
    });

    const stopped = await started.rest('DELETE', `/runs/${runId}`);
    expect(stopped).toMatchObject({ status: 200, json: { runId, status: 'stopped' } });
    await release();

    const after = await started.rest('GET', `/runs/${runId}`);
    expect(after.json).toMatchObject({
      status: 'stopped',
      error: { code: 'Stopped' },
      summary: { status: 'stopped', records: { expected: 15, fetched: 6, failed: 9, missing: 9 } },
    });
    const records = await started.rest('GET', `/runs/${runId}/records`);
    expect(parseRecords(records.text)).toHaveLength(15);
    const report = await started.rest('GET', `/runs/${runId}/report`);
    expect(report.text).toContain('6 of 15 fetched, 0 failed, 9 without a record; run stopped');
    // The Lambda that was running ended its own trial; no other was begun.
    expect(watched.gets).toHaveLength(6);
    expect(await started.rest('DELETE', `/runs/${runId}`)).toMatchObject({
      status: 200,
      json: { status: 'stopped' },
    });
  });

  it('through Step Functions is stopped for the REST API too', async () => {
    const { runId, release } = await runThatIsHeld();
    await started.sfn.send(
      new StopExecutionCommand({ executionArn: executionArn(runId), error: 'Enough', cause: 'by hand' }),
    );
    const described = await started.sfn.send(
      new DescribeExecutionCommand({ executionArn: executionArn(runId) }),
    );
    expect(described).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'by hand' });
    await release();
    const after = await started.rest('GET', `/runs/${runId}`);
    expect(after.json).toMatchObject({ status: 'stopped', error: { code: 'Enough', message: 'by hand' } });
  });
});
