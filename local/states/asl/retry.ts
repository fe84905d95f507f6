import type { Clock } from './clock';
import { compileErrorMatch, type ErrorMatch } from './error-match';
import { Fields } from './fields';

export interface Retrier {
  readonly matches: ErrorMatch;
  readonly maxAttempts: number;
  /** The longest wait before the retry after `attempt` of them; FULL jitter shortens it. */
  readonly delayMs: (attempt: number, random: () => number) => number;
}

/** The bounds are those of the developer guide, "Retrying after an error". */
export function compileRetry(fields: Fields): Retrier[] {
  const raw = fields.array('Retry') ?? [];
  return raw.map((one, i) =>
    compileRetrier(new Fields(`${fields.place('Retry')}[${i}]`, one), i === raw.length - 1),
  );
}

function compileRetrier(fields: Fields, last: boolean): Retrier {
  fields.string('Comment');
  const matches = compileErrorMatch(fields, last);
  const intervalSeconds = fields.integer('IntervalSeconds', 1, 99_999_999) ?? 1;
  const maxAttempts = fields.integer('MaxAttempts', 0, 99_999_999) ?? 3;
  const backoffRate = fields.number('BackoffRate', 1, Number.MAX_VALUE) ?? 2;
  const maxDelaySeconds = fields.integer('MaxDelaySeconds', 1, 31_622_400) ?? Number.POSITIVE_INFINITY;
  if (maxDelaySeconds <= intervalSeconds)
    fields.refuse('MaxDelaySeconds', "must be greater than 'IntervalSeconds'");
  const jitter = fields.string('JitterStrategy') ?? 'NONE';
  if (jitter !== 'FULL' && jitter !== 'NONE') fields.refuse('JitterStrategy', 'must be FULL or NONE');
  fields.end();
  const delayMs = (attempt: number, random: () => number) => {
    const fullMs = Math.min(intervalSeconds * backoffRate ** attempt, maxDelaySeconds) * 1000;
    return jitter === 'FULL' ? random() * fullMs : fullMs;
  };
  return { matches, maxAttempts, delayMs };
}

/** Counts the retries of one visit to a state, each retrier by itself. */
export class Retries {
  readonly #retriers: readonly Retrier[];
  readonly #used: number[];
  /** `$$.State.RetryCount`. */
  total = 0;

  constructor(retriers: readonly Retrier[]) {
    this.#retriers = retriers;
    this.#used = retriers.map(() => 0);
  }

  /** Milliseconds to wait before the next try, or null where there is none. The first retrier that matches decides. */
  nextDelayMs(errorName: string, clock: Clock): number | null {
    const i = this.#retriers.findIndex((retrier) => retrier.matches(errorName));
    const retrier = this.#retriers[i];
    const used = this.#used[i] ?? 0;
    if (retrier === undefined || used >= retrier.maxAttempts) return null;
    this.#used[i] = used + 1;
    this.total += 1;
    return retrier.delayMs(used, () => clock.random());
  }
}
