import { createHash } from 'node:crypto';
import { historyEventsOf } from './history-events';
import { limits } from './limits';
import { formatObjects, type PlannedObject } from './planned-object';
import { refuse } from './request-error';
import { MiB } from './sizes';
import { type ResolvedRequest, refuseTooManyForMap } from './resolve-request';
import { interleavedTrials, type Trial } from './trials';
import { type Variant, variantsOf } from './variants';

/** What will be done: immutable once written. */
export interface Plan {
  version: 1;
  runId: string;
  createdAt: string;
  request: ResolvedRequest;
  objects: {
    count: number;
    /** Sum of the sizes that are known. */
    bytes: number;
    unknownSizes: number;
    /** "Folder" markers (no bytes, a key that ends in a slash) that were left out. */
    skippedMarkers: number;
    /** Of objects.jsonl, byte for byte. */
    sha256: string;
  };
  variants: Variant[];
  /** In the order in which they run. */
  trials: Trial[];
  seed: number;
  /** What the run asks of the services, retries apart. */
  estimate: { getRequests: number; headRequests: number; bytes: number; historyEvents: number };
}

export function makePlan(
  runId: string,
  createdAt: string,
  request: ResolvedRequest,
  objects: readonly PlannedObject[],
  skippedMarkers: number,
): Plan {
  const variants = variantsOf(request);
  const trials = interleavedTrials(variants, request);
  const bytes = objects.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const plan: Plan = {
    version: 1,
    runId,
    createdAt,
    request,
    objects: {
      count: objects.length,
      bytes,
      unknownSizes: objects.filter(({ sizeBytes }) => sizeBytes === null).length,
      skippedMarkers,
      sha256: createHash('sha256').update(formatObjects(objects)).digest('hex'),
    },
    variants,
    trials,
    seed: request.seed,
    estimate: {
      getRequests: trials.reduce((sum, trial) => sum + requestsOf(variantOf(variants, trial), objects), 0),
      headRequests: trials.reduce(
        (sum, trial) => sum + headsOf(variantOf(variants, trial), request, objects),
        0,
      ),
      bytes: bytes * trials.length,
      historyEvents: historyEventsOf(variants, trials, objects.length),
    },
  };
  refuseBeyondLimits(plan);
  refuseTooManyParts(request, objects);
  return plan;
}

export function variantOf(variants: readonly Variant[], trial: Trial): Variant {
  const variant = variants.find(({ id }) => id === trial.variant);
  if (!variant) throw new Error(`the plan has no variant ${trial.variant}`);
  return variant;
}

function requestsOf({ partSizeBytes }: Variant, objects: readonly PlannedObject[]): number {
  if (partSizeBytes === null) return objects.length;
  return objects.reduce(
    (sum, { sizeBytes }) => sum + Math.max(1, Math.ceil((sizeBytes ?? 0) / partSizeBytes)),
    0,
  );
}

// Ranges are compared with the whole object's checksum, which a HEAD tells.
function headsOf(
  { partSizeBytes }: Variant,
  { checksum }: ResolvedRequest,
  objects: readonly PlannedObject[],
): number {
  if (partSizeBytes === null || checksum === 'none') return 0;
  return objects.filter(({ sizeBytes }) => (sizeBytes ?? 0) > partSizeBytes).length;
}

function refuseBeyondLimits({ objects, request, estimate, trials }: Plan): void {
  const where = 'keys' in request.objects ? 'keys' : 'prefix';
  if (objects.count > limits.plannedObjects)
    refuse(where, `names ${objects.count} objects, above ${limits.plannedObjects}`, 'a narrower "prefix"');
  const usesMap = request.strategies.includes('map');
  if (usesMap) refuseTooManyForMap(objects.count);
  if (estimate.historyEvents > limits.historyEvents)
    refuse(
      usesMap ? 'strategies' : 'num',
      `the run of ${trials.length} trials needs ${estimate.historyEvents} history events; Step Functions ends an execution at ${limits.historyEvents}`,
      usesMap
        ? `"strategies" without "map", or a smaller "num" (now ${request.num})`
        : `a smaller "num" (now ${request.num})`,
    );
}

// A record holds an attempt for each part: S3's own limit of parts keeps it readable.
function refuseTooManyParts(
  { strategies, partSizeBytes }: ResolvedRequest,
  objects: readonly PlannedObject[],
): void {
  if (!strategies.includes('ranged')) return;
  const largest = objects.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes ?? 0), 0);
  const parts = Math.ceil(largest / partSizeBytes);
  if (parts <= limits.partsOfObject) return;
  const needed = Math.ceil(largest / limits.partsOfObject / MiB);
  refuse(
    'partSize',
    `cuts the largest object into ${parts} parts, above ${limits.partsOfObject}`,
    `"partSize":"${needed}MiB" or more`,
  );
}
