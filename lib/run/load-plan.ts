import { createHash } from 'node:crypto';
import type { Plan } from './plan';
import { type PlannedObject, parseObjects } from './planned-object';
import { runFolder } from './run-folder';
import type { RunStore } from './run-store';

export interface PlannedRun {
  plan: Plan;
  objects: PlannedObject[];
}

/** The plan as it was written. Throws where it is missing, or where its objects were changed since. */
export async function loadPlan(store: RunStore, runId: string): Promise<PlannedRun> {
  const folder = runFolder(runId);
  const [plan, objects] = await Promise.all([store.getText(folder.plan), store.getText(folder.objects)]);
  if (plan === null || objects === null) throw new Error(`run ${runId} has no plan`);
  const planned: PlannedRun = { plan: JSON.parse(plan) as Plan, objects: parseObjects(objects) };
  const sha256 = createHash('sha256').update(objects).digest('hex');
  if (sha256 !== planned.plan.objects.sha256)
    throw new Error(`run ${runId}: objects.jsonl was changed after it was planned (sha256 differs)`);
  return planned;
}
