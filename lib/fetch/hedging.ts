import { failed } from './failure';
import { eitherSignal } from './either-signal';
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
  const primary = startRun(client, request);
  const delayMs = hedging.delayMs(request.expectedBytes);
  const runs = [primary];
  if (delayMs !== null && !(await endsWithin(primary, delayMs))) {
    const afterMs = performance.now() - startMs;
    runs.push({ ...startRun(client, { ...request, fresh: true }), afterMs, hedge: true });
  }
  const winner = await Promise.any(runs.map(whole)).catch(() => null);
  const [first, ...others] = winner ? [winner, ...runs.filter((run) => run !== winner)] : runs;
  if (winner) for (const { abort } of others) abort.abort();
  const outcomes = [await ended(first!)];
  for (const other of others) outcomes.push(winner ? asLost(await ended(other)) : await ended(other));
  if (winner) hedging.add(request.expectedBytes, outcomes[0]!.outcome.durationMs);
  return outcomes;
}

interface Run extends Omit<HedgedOutcome, 'outcome'> {
  outcome: Promise<GetOutcome>;
  abort: AbortController;
}

function startRun(client: ObjectClient, request: GetRequest): Run {
  const abort = new AbortController();
  const outcome = client.get({ ...request, signal: eitherSignal(request.signal, abort.signal) });
  return { outcome, abort, afterMs: 0, hedge: false };
}

// Broken off because the other one was quicker, or whole a moment too late: that is no fault of its own.
function asLost({ outcome, ...place }: HedgedOutcome): HedgedOutcome {
  const phase = outcome.failure?.phase ?? 'body';
  if (outcome.failure && outcome.failure.code !== 'Aborted') return { outcome, ...place };
  const failure = failed('HedgeLost', phase, 'the other request of the pair was whole first');
  return { outcome: { ...outcome, failure }, ...place };
}

async function whole(run: Run): Promise<Run> {
  if ((await run.outcome).failure) throw new Error('not whole');
  return run;
}

async function ended({ outcome, afterMs, hedge }: Run): Promise<HedgedOutcome> {
  return { outcome: await outcome, afterMs, hedge };
}

async function endsWithin(run: Run, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const ended = await Promise.race([run.outcome.then(() => true as const), late]);
  clearTimeout(timer);
  return ended;
}
