import type { ClientName, HedgeName } from './request-fields';
import type { ResolvedRequest } from './resolve-request';
import { type StrategyName, strategies } from './strategies';

/** A strategy with its settings: what is raced. */
export interface Variant {
  id: string;
  strategy: StrategyName;
  client: ClientName;
  /** Requests in flight: in one Lambda, or Lambdas at once for `map`. */
  concurrency: number;
  /** Null where objects are fetched whole. */
  partSizeBytes: number | null;
  memorySizeMb: number;
  hedge: HedgeName;
}

/** Every combination that the request asks for, in the request's order. */
export function variantsOf(request: ResolvedRequest): Variant[] {
  const { strategies: names, clients, memorySizes, hedge: hedges, partSizeBytes } = request;
  return names.flatMap((strategy) =>
    concurrenciesOf(strategy, request).flatMap((concurrency) =>
      clients.flatMap((client) =>
        memorySizes.flatMap((memorySizeMb) =>
          hedges.map((hedge) => ({
            id: [
              `${strategy}-${concurrency}-${client}`,
              ...(memorySizes.length > 1 ? [`${memorySizeMb}mb`] : []),
              ...(hedge === 'off' ? [] : [`hedge-${hedge}`]),
            ].join('-'),
            strategy,
            client,
            concurrency,
            partSizeBytes: strategies[strategy].ranged ? partSizeBytes : null,
            memorySizeMb,
            hedge,
          })),
        ),
      ),
    ),
  );
}

function concurrenciesOf(strategy: StrategyName, request: ResolvedRequest): number[] {
  return strategies[strategy].oneAtATime ? [1] : request.concurrency;
}
