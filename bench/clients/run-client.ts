import { readFileSync } from 'node:fs';
import type { ClientTask } from '../race/client-task';
import type { ClientResult, Pass } from './client-result';

export interface BenchClient {
  /** Reads every object of the task to its end; gives the bytes read. */
  readAll: () => Promise<number>;
  close: () => void;
}

/** The whole life of a client in a process of its own: the task comes as the last argument, the figures go to stdout. */
export async function runClient(create: (task: ClientTask) => BenchClient): Promise<void> {
  const task = JSON.parse(process.argv.at(-1)!) as ClientTask;
  const client = create(task);
  const passes: Pass[] = [];
  let processCpuSeconds = 0;
  for (let n = 0; n < task.passes; n++) {
    passes.push(await pass(client));
    if (n === 0) processCpuSeconds = cpuSeconds();
  }
  client.close();
  const result: ClientResult = { passes, processCpuSeconds, rssMiB: peakRssMiB() };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function pass(client: BenchClient): Promise<Pass> {
  const cpuBefore = cpuSeconds();
  const wallBefore = performance.now();
  const bytes = await client.readAll();
  const wallSeconds = (performance.now() - wallBefore) / 1e3;
  return { cpuSeconds: cpuSeconds() - cpuBefore, wallSeconds, bytes };
}

/** User and system time of this process since its start. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

// Not getrusage's: its maximum begins with what the parent had when it forked.
function peakRssMiB(): number | null {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    return peak && Number(peak[1]) / 1024;
  } catch {
    return null;
  }
}
