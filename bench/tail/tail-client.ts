import { startClock } from '../../lib/fetch/clock';
import { createDirectClient } from '../../lib/fetch/direct/direct-client';
import { fetchObjects } from '../../lib/fetch/fetch-objects';
import { Hedging } from '../../lib/fetch/hedging';
import { defaultTimeouts } from '../../lib/fetch/timeouts';
import { readWithSdk } from './read-with-sdk';
import type { TailResult, TailTask } from './tail-task';

/** The slowest twentieth is asked for a second time. */
const percentile = 95;

/** Reads so many objects, and prints how long each took. */
async function main(task: TailTask): Promise<void> {
  const startMs = performance.now();
  const durationsMs = await (task.client === 'sdk' ? readWithSdk(task) : readDirect(task));
  const result: TailResult = { durationsMs, wallSeconds: (performance.now() - startMs) / 1e3 };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function readDirect({
  client,
  endpoint,
  requests,
  concurrency,
  sizeBytes,
}: TailTask): Promise<number[]> {
  const credentials = () => Promise.resolve({ accessKeyId: 'local', secretAccessKey: 'local-secret' });
  const direct = createDirectClient({
    endpoint,
    region: 'us-east-1',
    credentials,
    // A hedge stands beside the request that it hedges.
    maxSockets: 2 * concurrency,
    verifyChecksum: false,
  });
  const objects = Array.from({ length: requests }, (_, index) => ({
    index,
    key: `tail/${index}.bin`,
    sizeBytes,
    etag: null,
  }));
  const records = fetchObjects(objects, {
    client: direct,
    timeouts: defaultTimeouts,
    maxAttempts: 3,
    hedging: client === 'direct-hedged' ? new Hedging(percentile) : undefined,
    random: Math.random,
    bucket: 'bench',
    concurrency,
    partSizeBytes: null,
    clock: startClock(),
    stamp: { trial: 'tail#1', sandbox: 'bench', coldStart: false },
  });
  const durationsMs: number[] = [];
  for await (const { key, failure, durationMs } of records) {
    if (failure) throw new Error(`${key}: ${failure.code}, ${failure.message}`);
    durationsMs.push(durationMs);
  }
  direct.closeConnections();
  return durationsMs;
}

void main(JSON.parse(process.argv[2]!) as TailTask);
