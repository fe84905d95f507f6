import type { ClientTask } from '../race/client-task';
import { keyOf } from '../race/workloads';

/** Reads the task's objects, as many at once as it allows; gives the sum of what `read` gave. */
export async function readEach(task: ClientTask, read: (key: string) => Promise<number>): Promise<number> {
  let next = 0;
  let bytes = 0;
  const worker = async () => {
    while (next < task.objects) {
      const length = await read(keyOf(task.workload, next++));
      bytes += length;
    }
  };
  await Promise.all(Array.from({ length: Math.min(task.concurrency, task.objects) }, worker));
  return bytes;
}
