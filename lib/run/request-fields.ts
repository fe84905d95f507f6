import * as z from 'zod/mini';
import { strategyNames } from './strategies';

const whole = (low: number, high: number) => z.int().check(z.gte(low), z.lte(high));
const listOf = <T extends z.core.SomeType>(item: T, most: number) =>
  z.array(item).check(z.minLength(1), z.maxLength(most));
const milliseconds = z.optional(whole(1, 900_000));
const limit = z.optional(z.number().check(z.gte(0)));

const clientNames = ['direct', 'sdk'] as const;
export type ClientName = (typeof clientNames)[number];

/** Ask a second time when an answer is slower than this percentile of those before it. */
const hedgeNames = ['off', 'p90', 'p95', 'p99'] as const;
export type HedgeName = (typeof hedgeNames)[number];

/** One schema for the planner, the REST API's model and the command line's flags. */
export const requestSchema = z.strictObject({
  version: z.optional(z.literal(1)),
  bucket: z.optional(z.string()),
  prefix: z.optional(z.string()),
  keys: z.optional(listOf(z.string(), 10_000)),
  manifest: z.optional(z.string().check(z.regex(/^s3:\/\/[^/]+\/.+\.jsonl$/))),
  strategies: z.optional(listOf(z.enum([...strategyNames, 'distributed']), 5)),
  clients: z.optional(listOf(z.enum(clientNames), 2)),
  concurrency: z.optional(listOf(whole(1, 256), 16)),
  partSize: z.optional(z.string().check(z.regex(/^[1-9][0-9]{0,11}(B|KiB|MiB|GiB)?$/))),
  memorySizes: z.optional(listOf(whole(128, 10_240), 16)),
  num: z.optional(whole(1, 100)),
  warmup: z.optional(whole(0, 10)),
  checksum: z.optional(z.enum(['auto', 'none'])),
  optimizeFor: z.optional(z.enum(['balanced', 'speed', 'cost'])),
  balancedWeight: z.optional(z.number().check(z.gte(0), z.lte(1))),
  timeouts: z.optional(
    z.strictObject({
      connectMs: milliseconds,
      firstByteMs: milliseconds,
      stallMs: milliseconds,
      objectMs: milliseconds,
    }),
  ),
  hedge: z.optional(listOf(z.enum(hedgeNames), 4)),
  maxAttempts: z.optional(whole(1, 10)),
  thresholds: z.optional(z.strictObject({ failed: limit, p50Ms: limit, p99Ms: limit })),
  seed: z.optional(whole(0, 4_294_967_295)),
  dryRun: z.optional(z.boolean()),
});

/** What a person asks for; every field may be left out. */
export type Request = z.infer<typeof requestSchema>;
export type RequestField = keyof Request;

/** For each field: what it is, and a line to paste. */
export const requestFields: Record<RequestField, { what: string; write: string }> = {
  version: { what: 'version of this format', write: '"version":1' },
  bucket: { what: 'the bucket that the objects lie in', write: '"bucket":"my-bucket"' },
  prefix: { what: 'fetch the objects whose keys begin so', write: '"prefix":"data/"' },
  keys: { what: 'fetch these objects', write: '"keys":["data/a.pq","data/b.pq"]' },
  manifest: { what: 'a list of objects; not read by this version', write: '"prefix":"data/"' },
  strategies: {
    what: `ways of fetching to race (${strategyNames.join(', ')})`,
    write: '"strategies":["sequential","concurrent"]',
  },
  clients: {
    what: 'HTTP clients to race (direct: our own; sdk: @aws-sdk/client-s3)',
    write: '"clients":["direct","sdk"]',
  },
  concurrency: { what: 'requests in flight, each a variant', write: '"concurrency":[8]' },
  partSize: { what: 'bytes of a range, for the strategy ranged', write: '"partSize":"8MiB"' },
  memorySizes: { what: 'Lambda memory in MB, each a variant', write: '"memorySizes":[1769]' },
  num: { what: 'counted trials of each variant', write: '"num":5' },
  warmup: { what: 'trials of each variant that are kept but not counted', write: '"warmup":1' },
  checksum: { what: 'auto: verify what S3 gives; none: lengths and ETags only', write: '"checksum":"auto"' },
  optimizeFor: {
    what: 'what the winner must be best at (balanced, speed, cost)',
    write: '"optimizeFor":"balanced"',
  },
  balancedWeight: { what: 'for balanced: 0 is speed, 1 is cost', write: '"balancedWeight":0.5' },
  timeouts: {
    what: 'connectMs, firstByteMs, stallMs of an attempt, objectMs of an object',
    write: '"timeouts":{"connectMs":2000,"firstByteMs":5000,"stallMs":5000}',
  },
  hedge: {
    what: 'ask again when an answer is slow: off, or after p90, p95, p99 of those before; each a variant',
    write: '"hedge":["off","p95"]',
  },
  maxAttempts: {
    what: 'HTTP requests for an object or a part, the first included',
    write: '"maxAttempts":3',
  },
  thresholds: {
    what: 'exit 1 when a variant breaks one: failed, p50Ms, p99Ms',
    write: '"thresholds":{"failed":0,"p99Ms":500}',
  },
  seed: { what: "seed of the trials' order and of the intervals", write: '"seed":1' },
  dryRun: { what: 'plan and stop', write: '"dryRun":true' },
};
