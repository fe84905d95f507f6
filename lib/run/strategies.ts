/**
 * A strategy is a row of data: how a trial's objects are spread over Lambdas, and how one Lambda
 * fetches its share. There is one engine and one Choice state, so that no strategy differs by accident.
 */
export interface Strategy {
  /** The branch of the state machine's Choice. */
  spread: 'one-lambda' | 'lambda-per-object';
  /** Always one at a time, whatever `concurrency` asks. */
  oneAtATime: boolean;
  /** Objects are fetched as byte ranges of `partSize`. */
  ranged: boolean;
  what: string;
}

export const strategies = {
  sequential: {
    spread: 'one-lambda',
    oneAtATime: true,
    ranged: false,
    what: 'one Lambda, one object after the other',
  },
  concurrent: {
    spread: 'one-lambda',
    oneAtATime: false,
    ranged: false,
    what: 'one Lambda, several objects at once',
  },
  ranged: {
    spread: 'one-lambda',
    oneAtATime: false,
    ranged: true,
    what: 'one Lambda, several byte ranges of the objects at once',
  },
  map: {
    spread: 'lambda-per-object',
    oneAtATime: false,
    ranged: false,
    what: 'a Lambda for each object, spread by an inline Map state',
  },
} as const satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof strategies;
export const strategyNames = Object.keys(strategies) as StrategyName[];
