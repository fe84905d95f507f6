import { type Random, seededRandom } from '../run/random';
import type { ResolvedRequest } from '../run/resolve-request';
import { bootstrap, mean, median, resample } from './statistics';
import type { Verdict } from './summary';
import type { TrialNumbers } from './trial-numbers';

export interface Racer {
  id: string;
  complete: boolean;
  /** Its counted trials. */
  trials: readonly TrialNumbers[];
}

type Goal = Pick<ResolvedRequest, 'optimizeFor' | 'balancedWeight' | 'seed'>;

/** Below so many trials an interval says nothing. */
const fewestTrials = 3;

/** Which variant wins: only where the intervals say so, else a tie. An incomplete one cannot win. */
export function verdictOf(racers: readonly Racer[], goal: Goal): Verdict {
  const { optimizeFor } = goal;
  const none = (why: string): Verdict => ({ optimizeFor, winner: null, tied: [], why });
  const able = racers.filter(({ complete, trials }) => complete && trials.length > 0);
  if (able.length === 0) return none('no variant fetched every object in every trial');
  if (able.length === 1 && racers.length === 1) return none('there was one variant: nothing to race against');
  const left = racers.length - able.length;
  const aside = left > 0 ? `; ${left} incomplete variant(s) could not win` : '';
  const few = Math.min(...able.map(({ trials }) => trials.length)) < fewestTrials;
  if (few && able.length === 1) return none(`fewer than ${fewestTrials} trials${aside}`);
  const random = seededRandom(goal.seed);
  const lossOf = lossFunction(able, goal);
  const ranked = able.map((racer) => ({ racer, loss: lossOf(racer.trials) })).sort((a, b) => a.loss - b.loss);
  const best = ranked[0]!.racer;
  const tied = ranked.slice(1).filter(({ racer }) => !isWorse(racer, best, lossOf, random));
  if (tied.length > 0) {
    const ids = [best, ...tied.map(({ racer }) => racer)].map(({ id }) => id);
    const why = few
      ? `fewer than ${fewestTrials} trials each: too few to tell them apart`
      : `for ${optimizeFor}, these trials cannot tell them apart (95 % interval of the difference)`;
    return { optimizeFor, winner: null, tied: ids, why: `${why}${aside}` };
  }
  const rival = ranked[1];
  const why = rival
    ? `best for ${optimizeFor}; the next, ${rival.racer.id}, is worse by more than the 95 % interval of the difference`
    : 'the only variant that fetched every object in every trial';
  return { optimizeFor, winner: best.id, tied: [], why: `${why}${aside}` };
}

type Loss = (trials: readonly TrialNumbers[]) => number;

function isWorse(racer: Racer, best: Racer, lossOf: Loss, random: Random): boolean {
  if (racer.trials.length < fewestTrials || best.trials.length < fewestTrials) return false;
  const difference = () => lossOf(resample(racer.trials, random)) - lossOf(resample(best.trials, random));
  return bootstrap(difference).low > 0;
}

// Balanced as aws-lambda-power-tuning means it: each part relative to the worst, weighed (0 is speed, 1 is cost).
function lossFunction(racers: readonly Racer[], { optimizeFor, balancedWeight }: Goal): Loss {
  const duration: Loss = (trials) => median(trials.map(({ durationMs }) => durationMs));
  const cost: Loss = (trials) => mean(trials.map(({ costUsd }) => costUsd.total));
  if (optimizeFor === 'speed') return duration;
  if (optimizeFor === 'cost') return cost;
  const worstDuration = Math.max(...racers.map(({ trials }) => duration(trials))) || 1;
  const worstCost = Math.max(...racers.map(({ trials }) => cost(trials))) || 1;
  return (trials) =>
    (1 - balancedWeight) * (duration(trials) / worstDuration) + balancedWeight * (cost(trials) / worstCost);
}
