import type { ClientName } from './request-fields';
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
}

/** Every combination that the request asks for, in the request's order. */
export function variantsOf(request: ResolvedRequest): Variant[] {
  return request.strategies.flatMap((strategy) =>
    concurrenciesOf(strategy, request).flatMap((concurrency) =>
      request.clients.flatMap((client) =>
        request.memorySizes.map((memorySizeMb) => ({
          id: variantId(strategy, concurrency, client, memorySizeMb, request.memorySizes.length > 1),
          strategy,
          client,
          concurrency,
          partSizeBytes: strategies[strategy].ranged ? request.partSizeBytes : null,
          memorySizeMb,
        })),
      ),
    ),
  );
}

function concurrenciesOf(strategy: StrategyName, request: ResolvedRequest): number[] {
  return strategies[strategy].oneAtATime ? [1] : request.concurrency;
}

function variantId(
  strategy: string,
  concurrency: number,
  client: string,
  memory: number,
  several: boolean,
): string {
  return `${strategy}-${concurrency}-${client}${several ? `-${memory}mb` : ''}`;
}
