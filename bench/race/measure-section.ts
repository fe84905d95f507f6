import type { ClientResult, Pass } from '../clients/client-result';
import { median } from '../results/spread';
import type { ClientTask } from './client-task';
import { type ChildLimits, runChild } from './run-child';
import type { Sample } from './sample';

// Node would print a warning a process; the figures are the same with and without it.
const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

/** Runs a client that measures itself. What it costs warm is the median of its later passes, if there are any. */
export async function measureSection(
  argv: readonly string[],
  task: ClientTask,
  limits: ChildLimits,
): Promise<Sample> {
  const trusted: Record<string, string> = task.caFile === null ? {} : { NODE_EXTRA_CA_CERTS: task.caFile };
  const { stdout } = await runChild([...argv, JSON.stringify(task)], { ...quiet, ...trusted }, limits);
  const { passes, processCpuSeconds, rssMiB } = JSON.parse(stdout) as ClientResult;
  const short = passes.find(({ bytes }) => bytes !== task.objects * task.sizeBytes);
  if (short) throw new Error(`it read ${short.bytes} bytes of ${task.objects * task.sizeBytes}`);
  const [cold, ...warm] = passes;
  const counted = warm.length > 0 ? warm : passes;
  const medianOf = (figure: (pass: Pass) => number) => median(counted.map(figure));
  return {
    cpuSeconds: medianOf((pass) => pass.cpuSeconds),
    wallSeconds: medianOf((pass) => pass.wallSeconds),
    cold: { cpuSeconds: cold!.cpuSeconds, wallSeconds: cold!.wallSeconds },
    processCpuSeconds,
    rssMiB,
  };
}
