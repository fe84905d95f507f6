import { startClock } from '../fetch/clock';
import { fetchObjects, type ObjectToFetch } from '../fetch/fetch-objects';
import type { ObjectClient } from '../fetch/object-client';
import type { FetchRecord } from '../fetch/record';
import { type AllowedSource, isAllowed } from './allowed-sources';
import type { PlannedRun } from './load-plan';
import { variantOf } from './plan';
import type { PlannedObject } from './planned-object';
import { seededRandom } from './random';
import { type Invocation, RecordWriter } from './record-writer';
import { runFolder } from './run-folder';
import type { RunStore } from './run-store';
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

/** Where a share is fetched. */
export interface Fetcher {
  store: RunStore;
  allowed: AllowedSource[];
  clientFor: (variant: Variant, checksum: 'auto' | 'none') => ObjectClient;
  invocation: Omit<Invocation, 'enteredMs' | 'startMs' | 'endMs'>;
  onStart: (trial: string, object: ObjectToFetch) => void;
  onEnd: (record: FetchRecord) => void;
}

/** Fetches a share of a trial's objects and leaves a record of each in the run folder. */
export async function runShare(
  fetcher: Fetcher,
  { plan, objects }: PlannedRun,
  share: Share,
): Promise<{ fetched: number; failed: number }> {
  const clock = startClock();
  const startMs = clock.nowMs();
  const trial = plan.trials.find(({ id }) => id === share.trial);
  if (!trial) throw new Error(`the plan of run ${plan.runId} has no trial ${share.trial}`);
  const variant = variantOf(plan.variants, trial);
  const mine = share.index === undefined ? objects : objects.slice(share.index, share.index + 1);
  if (mine.length === 0) throw new Error(`the plan of run ${plan.runId} has no object ${share.index}`);

  const { invocation, store } = fetcher;
  const writer = new RecordWriter(store, attemptFolder(share, invocation.requestId));
  const counts = { fetched: 0, failed: 0 };
  const keep = (record: FetchRecord) => {
    counts[record.outcome]++;
    writer.add(record);
    fetcher.onEnd(record);
  };
  const stamp = { trial: trial.id, sandbox: invocation.sandbox, coldStart: invocation.coldStart };
  const { bucket, timeouts, maxAttempts, checksum } = plan.request;
  const allowed: PlannedObject[] = [];
  for (const object of mine) {
    if (isAllowed(fetcher.allowed, bucket, object.key)) allowed.push(object);
    else keep(notAllowed(object, bucket, { ...stamp, startMs: clock.nowMs() }));
  }

  const client = fetcher.clientFor(variant, checksum);
  const { partSizeBytes } = variant;
  // One Lambda of a map has one object; how many run at once is the state machine's to hold.
  const concurrency = share.index === undefined ? variant.concurrency : 1;
  const random = seededRandom(plan.seed);
  const onStart = (object: ObjectToFetch) => fetcher.onStart(trial.id, object);
  const settings = {
    client,
    bucket,
    timeouts,
    maxAttempts,
    concurrency,
    partSizeBytes,
    clock,
    stamp,
    random,
    onStart,
  };
  for await (const record of fetchObjects(allowed, settings)) keep(record);
  // The next trial starts without connections, as this one did.
  client.closeConnections();

  const enteredMs = Date.parse(share.enteredAt);
  await writer.end({ ...invocation, enteredMs, startMs, endMs: clock.nowMs() });
  return counts;
}

function attemptFolder({ runId, trial, index, retryCount }: Share, requestId: string): string {
  const unit = index === undefined ? 'all' : String(index).padStart(8, '0');
  return `${runFolder(runId).recordsOf(trial)}${unit}/${retryCount}-${requestId}`;
}

function notAllowed(
  { index, key, sizeBytes }: PlannedObject,
  bucket: string,
  stamp: Pick<FetchRecord, 'trial' | 'sandbox' | 'coldStart' | 'startMs'>,
): FetchRecord {
  const message = `${bucket} with this key is outside the sources that were allowed at deploy time`;
  return {
    version: 1,
    trial: stamp.trial,
    index,
    key,
    sizeBytes,
    outcome: 'failed',
    bytes: 0,
    startMs: stamp.startMs,
    durationMs: 0,
    attempts: [],
    integrity: 'none',
    coldStart: stamp.coldStart,
    sandbox: stamp.sandbox,
    failure: { code: 'NotAllowed', phase: null, message },
  };
}
