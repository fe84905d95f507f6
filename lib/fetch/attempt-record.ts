import { shortMessage } from './failure';
import { microseconds } from './microseconds';
import { type GetOutcome, type GetRequest, rangeHeader } from './object-client';
import type { Attempt, PhaseName, PhasesMs } from './record';

/** Where an attempt stands among those of its part. */
export interface AttemptPlace {
  n: number;
  offsetMs: number;
  backoffMs: number;
  hedge: boolean;
}

/** What a record keeps of one HTTP request. What is not so is left out, to keep records small. */
export function attemptRecord(request: GetRequest, outcome: GetOutcome, place: AttemptPlace): Attempt {
  const { failure, addresses, preparedMs, redirectedTo } = outcome;
  return {
    n: place.n,
    range: rangeHeader(request.range),
    address: outcome.address,
    reused: outcome.reused,
    status: outcome.status,
    requestId: outcome.requestId,
    offsetMs: microseconds(place.offsetMs),
    durationMs: microseconds(outcome.durationMs),
    phasesMs: rounded(outcome.phasesMs),
    bytes: outcome.bytes,
    error: failure && { code: failure.code, message: shortMessage(failure.message) },
    ...(request.method === 'HEAD' && { method: 'HEAD' as const }),
    ...(place.backoffMs > 0 && { backoffMs: microseconds(place.backoffMs) }),
    ...(place.hedge && { hedge: true as const }),
    ...(preparedMs !== undefined && { preparedMs: microseconds(preparedMs) }),
    ...(addresses && {
      addresses: addresses.map((tried) => ({ ...tried, ms: microseconds(tried.ms) })),
    }),
    ...(redirectedTo !== undefined && { redirectedTo }),
  };
}

function rounded(phases: PhasesMs): PhasesMs {
  const result = { ...phases };
  for (const name of Object.keys(result) as PhaseName[])
    if (result[name] !== null) result[name] = microseconds(result[name]);
  return result;
}
