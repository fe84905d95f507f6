import type { GetOutcome, GetRequest, ObjectClient } from './object-client';

/** A request is slow when it takes longer than this share of those before it, and a fifth more. */
const margin = 1.2;
/** Below so many the percentile is a guess. */
const fewestSamples = 20;
const mostSamples = 400;

/** When to ask a second time: after a percentile of what requests of about this size took until now. */
export class Hedging {
  readonly #share: number;
  readonly #bySize = new Map<number, number[]>();

  /** `percentile`: 95 hedges the slowest twentieth. */
  constructor(percentile: number) {
    this.#share = percentile / 100;
  }

  /** Milliseconds after which a request for so many bytes is slow; null while that is not known. */
  delayMs(sizeBytes: number | null): number | null {
    const samples = this.#bySize.get(sizeClass(sizeBytes));
    if (!samples || samples.length < fewestSamples) return null;
    const sorted = [...samples].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * this.#share))]! * margin;
  }

  add(sizeBytes: number | null, durationMs: number): void {
    const size = sizeClass(sizeBytes);
    const samples = this.#bySize.get(size) ?? [];
    samples.push(durationMs);
    if (samples.length > mostSamples) samples.shift();
    this.#bySize.set(size, samples);
  }
}

// Powers of two: a body's time depends on its size.
const sizeClass = (sizeBytes: number | null) =>
  sizeBytes === null ? -1 : Math.ceil(Math.log2(sizeBytes + 1));

/** One request of a hedged pair. */
export interface HedgedOutcome {
  outcome: GetOutcome;
  /** After the first request. */
  afterMs: number;
  hedge: boolean;
}

/**
 * Asks, and asks once more on a new connection when the answer, its body included, is slow to be here; the first
 * that is whole wins and the other is broken off. The winner stands first in the answer.
 */
export async function getHedged(
  client: ObjectClient,
  request: GetRequest,
  hedging: Hedging,
): Promise<HedgedOutcome[]> {
  const startMs = performance.now();
  const primary = startRun(client, request, { afterMs: 0, hedge: false });
  const delayMs = hedging.delayMs(request.expectedBytes);
  const runs = [primary];
  if (delayMs !== null && !(await endsWithin(primary, delayMs))) {
    const afterMs = performance.now() - startMs;
    runs.push(startRun(client, { ...request, fresh: true }, { afterMs, hedge: true }));
  }
  await firstWhole(runs);
  const winner = runs.find(isWhole) ?? primary;
  const others = runs.filter((run) => run !== winner);
  for (const { abort } of others) abort.abort();
  await Promise.all(others.map(({ ended }) => ended));
  if (isWhole(winner)) hedging.add(request.expectedBytes, winner.outcome!.durationMs);
  const ended = ({ outcome, afterMs, hedge }: Run) => ({ outcome: outcome!, afterMs, hedge });
  return [ended(winner), ...others.map(ended).map(isWhole(winner) ? asLost : (one) => one)];
}

interface Run extends Omit<HedgedOutcome, 'outcome'> {
  outcome: GetOutcome | null;
  ended: Promise<void>;
  abort: AbortController;
}

function startRun(
  client: ObjectClient,
  request: GetRequest,
  place: Pick<HedgedOutcome, 'afterMs' | 'hedge'>,
): Run {
  const abort = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, abort.signal]) : abort.signal;
  const run: Run = { ...place, outcome: null, ended: Promise.resolve(), abort };
  run.ended = client.get({ ...request, signal }).then((outcome) => {
    run.outcome = outcome;
  });
  return run;
}

// Broken off because the other one was quicker, or whole a moment too late: that is no fault of its own.
function asLost({ outcome, ...place }: HedgedOutcome): HedgedOutcome {
  if (outcome.failure && outcome.failure.code !== 'Aborted') return { outcome, ...place };
  const message = 'the other request of the pair was whole first';
  const phase = outcome.failure?.phase ?? 'body';
  return { outcome: { ...outcome, failure: { code: 'HedgeLost', phase, message, retry: 'no' } }, ...place };
}

const isWhole = ({ outcome }: Run) => outcome !== null && !outcome.failure;

// When one is whole, or all have ended.
async function firstWhole(runs: readonly Run[]): Promise<void> {
  const whole = runs.map(async (run) => {
    await run.ended;
    if (!isWhole(run)) throw new Error('not whole');
  });
  await Promise.any(whole).catch(() => {});
}

async function endsWithin(run: Run, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const ended = await Promise.race([run.ended.then(() => true as const), late]);
  clearTimeout(timer);
  return ended;
}
