import type { S3Client } from '@aws-sdk/client-s3';
import { type AllowedSource, refuseWhatIsNotAllowed } from './allowed-sources';
import { limits } from './limits';
import { listObjects } from './list-objects';
import { parseRequest } from './parse-request';
import { makePlan, type Plan, variantOf } from './plan';
import { formatObjects, parseObjects, type PlannedObject } from './planned-object';
import { refuse } from './request-error';
import { resolveRequest, type Surroundings } from './resolve-request';
import { runFolder, runIdPattern } from './run-folder';
import type { RunStore } from './run-store';
import { ensureSampleObjects } from './sample-objects';
import { type Strategy, strategies } from './strategies';

export interface Planner extends Omit<Surroundings, 'memorySizes'> {
  s3: S3Client;
  store: RunStore;
  allowed: AllowedSource[];
  /** The fetch function of each memory size that was deployed. */
  fetchFunctions: Record<string, string>;
  /** When the execution began, as Step Functions says it: a redrive keeps it, another execution has its own. */
  startedAt: string;
}

/** What the state machine gets: ids and counts, never keys. */
export interface PlanForMachine {
  runId: string;
  objects: number;
  /** 0, 1, 2, …: the items of the inline Map; empty where no strategy needs them. */
  indexes: number[];
  trials: { id: string; spread: Strategy['spread']; function: string; concurrency: number }[];
}

/** Request → run folder. A second delivery finds the plan of the first and answers the same. */
export async function planRun(planner: Planner, runId: string, request: unknown): Promise<PlanForMachine> {
  refuseRunId(runId);
  const { store } = planner;
  const folder = runFolder(runId);
  const existing = await store.getText(folder.plan);
  if (existing !== null) return forMachine(planner, ownPlan(JSON.parse(existing) as Plan, planner));

  const asked = parseRequest(request);
  const memorySizes = Object.keys(planner.fetchFunctions).map(Number);
  const resolved = resolveRequest(asked, { sample: planner.sample, memorySizes });
  refuseWhatIsNotAllowed(resolved, planner.allowed);
  if (meansSample(resolved.bucket, resolved.objects, planner))
    await ensureSampleObjects(planner.s3, resolved.bucket);
  const { objects, skippedMarkers } = await listObjects(planner.s3, resolved);
  const planOf = (its: PlannedObject[]) => makePlan(runId, planner.startedAt, resolved, its, skippedMarkers);
  let plan = planOf(objects);
  // Refuses what is too much before anything is written.
  forMachine(planner, plan);

  await store.putOnce(folder.request, `${JSON.stringify(asked, null, 2)}\n`);
  // A delivery that was cut short, or one beside this, may have listed other objects: the first list counts.
  if (!(await store.putOnce(folder.objects, formatObjects(objects))))
    plan = planOf(parseObjects((await store.getText(folder.objects)) ?? ''));
  // Last: a run folder with a plan is a run that was planned whole.
  if (!(await store.putOnce(folder.plan, `${JSON.stringify(plan, null, 2)}\n`)))
    plan = JSON.parse((await store.getText(folder.plan)) ?? '') as Plan;
  return forMachine(planner, plan);
}

// A retry of this execution, or its redrive, finds its plan again; another one must not write into its folder.
function ownPlan(plan: Plan, { startedAt }: Planner): Plan {
  if (plan.createdAt !== startedAt)
    refuse('$', `is started as ${plan.runId}, a run that exists already`, 'another name of the execution');
  return plan;
}

// The run's id is the execution's name, and Step Functions takes names that make no folder and no URL.
function refuseRunId(runId: string): void {
  if (!runIdPattern.test(runId))
    refuse(
      '$',
      `runs as ${JSON.stringify(runId.slice(0, 80))}, which is no run id`,
      'another name of the execution: 1 to 80 letters, digits, hyphens or underscores',
    );
}

function meansSample(bucket: string, objects: object, { sample }: Planner): boolean {
  return bucket === sample?.bucket && 'prefix' in objects && objects.prefix === sample.prefix;
}

function forMachine({ fetchFunctions }: Planner, plan: Plan): PlanForMachine {
  const needsIndexes = plan.variants.some(
    ({ strategy }) => strategies[strategy].spread === 'lambda-per-object',
  );
  const answer: PlanForMachine = {
    runId: plan.runId,
    objects: plan.objects.count,
    indexes: needsIndexes ? Array.from({ length: plan.objects.count }, (_, index) => index) : [],
    trials: plan.request.dryRun
      ? []
      : plan.trials.map((trial) => {
          const { strategy, concurrency, memorySizeMb } = variantOf(plan.variants, trial);
          const { spread } = strategies[strategy];
          return { id: trial.id, spread, function: fetchFunctions[memorySizeMb]!, concurrency };
        }),
  };
  const bytes = Buffer.byteLength(JSON.stringify(answer));
  if (bytes > limits.stateBytes)
    refuse(
      'num',
      `the ${plan.trials.length} trials need ${bytes} bytes of state, above ${limits.stateBytes}`,
      `a smaller "num" (now ${plan.request.num}), or fewer variants`,
    );
  return answer;
}
