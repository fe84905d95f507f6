import { type Clock, startClock } from '../fetch/clock';
import { fetchObjects } from '../fetch/fetch-objects';
import type { FetchObjectsOptions, ObjectToFetch } from '../fetch/fetch-options';
import type { Hedging } from '../fetch/hedging';
import type { ObjectClient } from '../fetch/object-client';
import type { FetchRecord } from '../fetch/record';
import { type AllowedSource, isAllowed } from './allowed-sources';
import type { PlannedRun } from './load-plan';
import { notAllowedRecord } from './not-allowed-record';
import { variantOf } from './plan';
import { type Invocation, RecordWriter } from './record-writer';
import { runFolder } from './run-folder';
import type { RunStore } from './run-store';
import type { Trial } from './trials';
import type { Variant } from './variants';

/** What the state machine hands to a fetch Lambda: ids. */
export interface Share {
  runId: string;
  trial: string;
  /** One object of the plan; all of them where it is left out. */
  index?: number;
  /** When the state machine entered the state. */
  enteredAt: string;
  retryCount: number;
}

/** What a variant fetches with. */
export interface Engine {
  client: ObjectClient;
  hedging: Hedging | undefined;
}

/** Where a share is fetched. */
export interface Fetcher {
  store: RunStore;
  allowed: AllowedSource[];
  engineFor: (variant: Variant, checksum: 'auto' | 'none') => Promise<Engine>;
  /** Aborted when the Lambda's time is nearly over: what is left is recorded as failed. */
  deadline: AbortSignal;
  invocation: Omit<Invocation, 'enteredMs' | 'startMs' | 'endMs'>;
  onStart: (trial: string, object: ObjectToFetch) => void;
  onEnd: (record: FetchRecord) => void;
}

/** Fetches a share of a trial's objects and leaves a record of each in the run folder. */
export async function runShare(
  fetcher: Fetcher,
  planned: PlannedRun,
  share: Share,
): Promise<{ fetched: number; failed: number }> {
  const clock = startClock();
  const startMs = clock.nowMs();
  const trial = trialOf(planned, share);
  const objects = objectsOf(planned, share);
  const writer = new RecordWriter(fetcher.store, attemptFolder(share, fetcher.invocation.requestId));
  const counts = { fetched: 0, failed: 0 };
  const keep = (record: FetchRecord) => {
    counts[record.outcome]++;
    writer.add(record);
  };
  const options = await optionsOf(fetcher, planned, share, trial, clock);
  const allowed: ObjectToFetch[] = [];
  for (const object of objects) {
    if (isAllowed(fetcher.allowed, options.bucket, object.key)) allowed.push(object);
    else keep(notAllowedRecord(object, options.bucket, { ...options.stamp, startMs: clock.nowMs() }));
  }
  try {
    for await (const record of fetchObjects(allowed, options)) keep(record);
  } finally {
    // The next trial starts without connections, as this one did.
    options.client.closeConnections();
  }

  const enteredMs = Date.parse(share.enteredAt);
  await writer.end({ ...fetcher.invocation, enteredMs, startMs, endMs: clock.nowMs() });
  return counts;
}

function trialOf({ plan }: PlannedRun, share: Share): Trial {
  const trial = plan.trials.find(({ id }) => id === share.trial);
  if (!trial) throw new Error(`the plan of run ${plan.runId} has no trial ${share.trial}`);
  return trial;
}

function objectsOf({ plan, objects }: PlannedRun, { index }: Share): ObjectToFetch[] {
  if (index === undefined) return objects;
  const object = objects[index];
  if (!object) throw new Error(`the plan of run ${plan.runId} has no object ${index}`);
  return [object];
}

async function optionsOf(
  { engineFor, deadline, invocation, onStart, onEnd }: Fetcher,
  { plan }: PlannedRun,
  { index }: Share,
  trial: Trial,
  clock: Clock,
): Promise<FetchObjectsOptions> {
  const { bucket, timeouts, maxAttempts, checksum } = plan.request;
  const variant = variantOf(plan.variants, trial);
  return {
    ...(await engineFor(variant, checksum)),
    bucket,
    timeouts,
    maxAttempts,
    // One Lambda of a map has one object; how many run at once is the state machine's to hold.
    concurrency: index === undefined ? variant.concurrency : 1,
    partSizeBytes: variant.partSizeBytes,
    verifyRanges: checksum === 'auto',
    signal: deadline,
    clock,
    // Not the plan's seed: Lambdas that share their jitter would all come again in step.
    random: Math.random,
    stamp: { trial: trial.id, sandbox: invocation.sandbox, coldStart: invocation.coldStart },
    onStart: (object) => onStart(trial.id, object),
    onEnd,
  };
}

function attemptFolder({ runId, trial, index, retryCount }: Share, requestId: string): string {
  const unit = index === undefined ? 'all' : String(index).padStart(8, '0');
  return `${runFolder(runId).recordsOf(trial)}${unit}/${retryCount}-${requestId}`;
}
