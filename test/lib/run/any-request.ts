import * as fc from 'fast-check';
import type { Request } from '../../../lib/run/request-fields';
import { strategyNames } from '../../../lib/run/strategies';

const distinct = <T>(item: fc.Arbitrary<T>, most: number) =>
  fc.uniqueArray(item, { minLength: 1, maxLength: most });
const letter = fc.constantFrom('a', 'b', 'z', '0', '9');

export const anyKey = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  .filter((key) => key.isWellFormed());

/** Requests that are right, with any of their fields. */
export const anyRequest: fc.Arbitrary<Request> = fc
  .record(
    {
      version: fc.constant(1 as const),
      bucket: fc.array(letter, { minLength: 3, maxLength: 63 }).map((letters) => letters.join('')),
      prefix: fc.option(anyKey, { nil: undefined }),
      keys: fc.option(fc.array(anyKey, { minLength: 1, maxLength: 5 }), { nil: undefined }),
      strategies: distinct(fc.constantFrom(...strategyNames), 4),
      clients: fc.constant(['sdk' as const]),
      concurrency: distinct(fc.integer({ min: 1, max: 256 }), 16),
      partSize: fc.oneof(
        fc.integer({ min: 65_536, max: 5 * 2 ** 30 }).map(String),
        fc.integer({ min: 1, max: 5 }).map((n) => `${n}GiB`),
        fc.integer({ min: 1, max: 5120 }).map((n) => `${n}MiB`),
      ),
      memorySizes: distinct(fc.integer({ min: 128, max: 10_240 }), 16),
      num: fc.integer({ min: 1, max: 100 }),
      warmup: fc.integer({ min: 0, max: 10 }),
      checksum: fc.constantFrom('auto' as const, 'none' as const),
      optimizeFor: fc.constantFrom('balanced' as const, 'speed' as const, 'cost' as const),
      balancedWeight: fc.double({ min: 0, max: 1, noNaN: true }),
      timeouts: fc.record(
        {
          connectMs: fc.integer({ min: 1, max: 900_000 }),
          firstByteMs: fc.integer({ min: 1, max: 900_000 }),
          stallMs: fc.integer({ min: 1, max: 900_000 }),
        },
        { requiredKeys: [] },
      ),
      maxAttempts: fc.integer({ min: 1, max: 10 }),
      thresholds: fc.record(
        { failed: fc.nat(), p50Ms: fc.nat(), p99Ms: fc.double({ min: 0, max: 1e9, noNaN: true }) },
        { requiredKeys: [] },
      ),
      seed: fc.nat({ max: 4_294_967_295 }),
      dryRun: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(({ keys, prefix, ...rest }) => ({
    ...rest,
    ...(keys ? { keys } : prefix === undefined ? {} : { prefix }),
  })) as fc.Arbitrary<Request>;
