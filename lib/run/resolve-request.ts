import type { Timeouts } from '../fetch/timeouts';
import { defaultTimeouts } from '../fetch/timeouts';
import {
  type ClientName,
  type HedgeName,
  type Request,
  type RequestField,
  requestFields,
} from './request-fields';
import { limits } from './limits';
import { refuse } from './request-error';
import { MiB, parseSize } from './sizes';
import { type StrategyName, strategyNames } from './strategies';

/** A request with every default filled in: what the plan is made from. */
export interface ResolvedRequest {
  version: 1;
  bucket: string;
  /** Which objects: those below a prefix, or those named. */
  objects: { prefix: string } | { keys: string[] };
  strategies: StrategyName[];
  clients: ClientName[];
  concurrency: number[];
  partSizeBytes: number;
  memorySizes: number[];
  num: number;
  warmup: number;
  checksum: 'auto' | 'none';
  optimizeFor: 'balanced' | 'speed' | 'cost';
  balancedWeight: number;
  timeouts: Required<Timeouts>;
  hedge: HedgeName[];
  maxAttempts: number;
  thresholds: { failed?: number; p50Ms?: number; p99Ms?: number };
  seed: number;
  dryRun: boolean;
}

/** What the place that runs the request adds to it. */
export interface Surroundings {
  /** The bucket and prefix that are meant when the request names no objects; null where there are none. */
  sample: { bucket: string; prefix: string } | null;
  /** Memory sizes that a fetch function was deployed for. */
  memorySizes: number[];
}

export function resolveRequest(request: Request, { sample, memorySizes }: Surroundings): ResolvedRequest {
  const resolved: ResolvedRequest = {
    version: 1,
    bucket: request.bucket ?? sample?.bucket ?? refuse('bucket', 'is needed', requestFields.bucket.write),
    objects: request.keys
      ? { keys: request.keys }
      : { prefix: request.prefix ?? defaultPrefix(request, sample) },
    strategies: (request.strategies as StrategyName[] | undefined) ?? strategyNames,
    clients: request.clients ?? ['direct'],
    concurrency: request.concurrency ?? [8],
    partSizeBytes: parseSize(request.partSize ?? '8MiB') ?? 8 * MiB,
    memorySizes: request.memorySizes ?? memorySizes.slice(0, 1),
    num: request.num ?? 5,
    warmup: request.warmup ?? 1,
    checksum: request.checksum ?? 'auto',
    optimizeFor: request.optimizeFor ?? 'balanced',
    balancedWeight: request.balancedWeight ?? 0.5,
    timeouts: { ...defaultTimeouts, ...request.timeouts },
    hedge: request.hedge ?? ['off'],
    maxAttempts: request.maxAttempts ?? 3,
    thresholds: request.thresholds ?? {},
    seed: request.seed ?? 1,
    dryRun: request.dryRun ?? false,
  };
  refuseWhatIsNotDeployed(resolved, memorySizes);
  refuseWhatMapCannot(resolved);
  return resolved;
}

// A bucket of one's own is taken whole; the stack's own bucket also holds the run folders.
function defaultPrefix(request: Request, sample: Surroundings['sample']): string {
  return sample && (request.bucket ?? sample.bucket) === sample.bucket ? sample.prefix : '';
}

function refuseWhatIsNotDeployed(resolved: ResolvedRequest, deployed: number[]): void {
  resolved.memorySizes.forEach((size, n) => {
    if (deployed.includes(size)) return;
    const problem = `${size} MB has no fetch function: deployed are ${deployed.join(', ')}`;
    refuse(
      `memorySizes[${n}]`,
      problem,
      `"memorySizes":[${deployed.join(',')}] or deploy with -c memorySizes=${size}`,
    );
  });
}

function refuseWhatMapCannot(resolved: ResolvedRequest): void {
  if (!resolved.strategies.includes('map')) return;
  if ('keys' in resolved.objects) refuseTooManyForMap(resolved.objects.keys.length);
  const at = resolved.concurrency.findIndex((n) => n > limits.inlineMapConcurrency);
  if (at < 0) return;
  const most = limits.inlineMapConcurrency;
  const field: RequestField = 'concurrency';
  refuse(
    `${field}[${at}]`,
    `is above ${most}, the most that an inline Map runs at once (strategy map)`,
    `${requestFields[field].write}, or "strategies" without "map"`,
  );
}

/** Throws where an inline Map cannot take so many objects. */
export function refuseTooManyForMap(objects: number): void {
  const most = limits.inlineMapObjects;
  if (objects <= most) return;
  refuse(
    'strategies',
    `"map" takes at most ${most} objects, the plan has ${objects}: an inline Map keeps its items in a state of 256 KiB and its steps in a history of 25,000 events`,
    '"strategies":["concurrent","ranged"], or a narrower "prefix"',
  );
}
