import { type Strategy, strategies } from './strategies';
import type { Trial } from './trials';
import type { Variant } from './variants';

/** Events of a Task state: entered, scheduled, started, succeeded, exited. */
const task = 5;
/** Events of a Map state itself: entered, started, succeeded, exited. */
const map = 4;
/** Events around a Map's iteration: started, succeeded. */
const iteration = 2;
/** Events of the Choice state: entered, exited. */
const choice = 2;
/** Execution started and succeeded. */
const ends = 2;

/** How many history events the state machine makes for these trials, where nothing is retried. */
export function historyEventsOf(
  variants: readonly Variant[],
  trials: readonly Trial[],
  objects: number,
): number {
  const spreads = new Map(variants.map(({ id, strategy }) => [id, strategies[strategy].spread]));
  const trialEvents = (spread: Strategy['spread'] | undefined) =>
    spread === 'lambda-per-object' ? map + objects * (iteration + task) : task;
  return trials.reduce(
    (sum, { variant }) => sum + iteration + choice + trialEvents(spreads.get(variant)),
    ends + task + map + task,
  );
}
