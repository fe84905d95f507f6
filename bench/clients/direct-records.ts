import { startClock } from '../../lib/fetch/clock';
import { fetchObjects } from '../../lib/fetch/fetch-objects';
import { defaultTimeouts } from '../../lib/fetch/timeouts';
import { keyOf } from '../race/workloads';
import { directClient } from './direct-client';
import { runClient } from './run-client';

/** The whole engine over the project's own client: attempts, retries, a record an object. */
void runClient((task) => {
  const client = directClient(task);
  const objects = Array.from({ length: task.objects }, (_, index) => ({
    index,
    key: keyOf(task.workload, index),
    sizeBytes: task.sizeBytes,
    etag: null,
  }));
  const settings = {
    client,
    timeouts: defaultTimeouts,
    maxAttempts: 1,
    random: Math.random,
    bucket: task.bucket,
    concurrency: task.concurrency,
    partSizeBytes: null,
    clock: startClock(),
    stamp: { trial: 'bench#1', sandbox: 'bench', coldStart: false },
  };
  const readAll = async () => {
    let bytes = 0;
    for await (const record of fetchObjects(objects, settings)) {
      if (record.failure) throw new Error(`${record.key}: ${record.failure.code}, ${record.failure.message}`);
      bytes += record.bytes;
    }
    return bytes;
  };
  return { readAll, close: () => client.closeConnections() };
});
