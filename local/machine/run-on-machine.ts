import { randomInt } from 'node:crypto';
import { requestErrorFrom } from '../../lib/run/request-error';
import type { Plan } from '../../lib/run/plan';
import type { Request } from '../../lib/run/request-fields';
import { newRunId, runFolder } from '../../lib/run/run-folder';
import { formatSummary } from '../../lib/summary/run-outcome';
import { summarizeRun } from '../../lib/summary/summarize-run';
import type { Summary } from '../../lib/summary/summary';
import type { LocalMachine } from './local-machine';

export interface RunWatcher {
  /** Stops the run; what was fetched until then is summed up. */
  stop: AbortSignal;
  onPlan: (plan: Plan) => void;
  onStopping: () => void;
}

/** Starts an execution and follows it to its end. Throws a RequestError where the planner refused. */
export async function runOnMachine(
  machine: LocalMachine,
  request: Request,
  watcher: RunWatcher,
): Promise<{ summary: Summary; folder: string }> {
  const { stepFunctions, store, stateMachineArn, mirror } = machine;
  const runId = newRunId(new Date(), () => randomInt(2 ** 32) / 2 ** 32);
  const input = JSON.stringify(request);
  const { executionArn } = stepFunctions.start({ stateMachineArn, name: runId, input });
  const unsubscribe = stepFunctions.on(({ executionArn: of, event }) => {
    if (of === executionArn && event.type === 'MapStateStarted')
      // Only the view wants it: where the plan cannot be read, the run's own end says so.
      planned().catch(() => {});
  });
  let isPlanned = false;
  const planned = async () => {
    if (isPlanned) return;
    isPlanned = true;
    watcher.onPlan(await planOf(store, runId));
  };
  const stop = () => {
    watcher.onStopping();
    stepFunctions.stop(executionArn, { error: 'Stopped', cause: 'interrupted' });
  };
  watcher.stop.addEventListener('abort', stop, { once: true });
  const execution = await stepFunctions.finished(executionArn);
  watcher.stop.removeEventListener('abort', stop);
  unsubscribe();
  if (execution.status !== 'SUCCEEDED' && !isPlanned) throw refusal(execution.error, execution.cause);
  if (execution.status !== 'SUCCEEDED' && execution.status !== 'ABORTED')
    throw new Error(`the execution ${execution.status}: ${execution.error ?? ''} ${execution.cause ?? ''}`);
  const stopped = execution.status === 'ABORTED';
  const summary = stopped ? await summarizeStopped(machine, runId) : await readSummary(machine, runId);
  await mirror.settled();
  return { summary, folder: mirror.folderOf(runId) };
}

async function planOf(store: LocalMachine['store'], runId: string): Promise<Plan> {
  return JSON.parse((await store.getText(runFolder(runId).plan)) ?? 'null') as Plan;
}

async function readSummary({ store }: LocalMachine, runId: string): Promise<Summary> {
  const text = await store.getText(runFolder(runId).summary);
  if (text === null) throw new Error(`run ${runId} ended without a summary`);
  return JSON.parse(text) as Summary;
}

async function summarizeStopped(machine: LocalMachine, runId: string): Promise<Summary> {
  const { store } = machine;
  await machine.idle();
  const summary = await summarizeRun(store, runId, { stopped: true });
  await store.put(runFolder(runId).summary, formatSummary(summary));
  return summary;
}

// The planner's RequestError comes back as an error name and a cause in JSON.
function refusal(error: string | null, cause: string | null): Error {
  const { errorMessage = cause ?? '' } = parseCause(cause);
  if (error !== 'RequestError')
    return new Error(`the run could not be planned: ${error ?? ''} ${errorMessage}`);
  return requestErrorFrom(errorMessage);
}

function parseCause(cause: string | null): { errorMessage?: string } {
  try {
    return JSON.parse(cause ?? '{}') as { errorMessage?: string };
  } catch {
    return {};
  }
}
