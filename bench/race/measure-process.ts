import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WholeProcessClient } from '../clients/bench-client-kind';
import type { ClientTask } from './client-task';
import { type ChildLimits, runChild } from './run-child';
import type { Sample } from './sample';

interface Usage {
  cpuSeconds: number;
  wallSeconds: number;
  rssMiB: number;
}

/** Runs a program once over the workload; what it cost is what the kernel counted for it when it had ended. */
export async function measureProcess(
  client: WholeProcessClient,
  argv: readonly string[],
  task: ClientTask,
  folder: string,
  limits: ChildLimits,
): Promise<Sample> {
  const scratch = await mkdtemp(join(folder, 'scratch-'));
  try {
    const { args, env, objectsRead, objectsMin = task.objects } = await client.command(task, scratch);
    const usageFile = join(scratch, 'usage.json');
    const meter = ['python3', join(__dirname, 'rusage.py'), usageFile];
    const output = await runChild([...meter, ...argv, ...args], env ?? {}, limits);
    const usage = JSON.parse(await readFile(usageFile, 'utf8')) as Usage;
    const objects = await objectsRead(output);
    if (objects < objectsMin) throw new Error(`it read ${objects} objects of ${objectsMin}`);
    const share = task.objects / objects;
    const cpuSeconds = usage.cpuSeconds * share;
    const wallSeconds = usage.wallSeconds * share;
    return { cpuSeconds, wallSeconds, cold: null, processCpuSeconds: cpuSeconds, rssMiB: usage.rssMiB };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
