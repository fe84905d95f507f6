import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { limits } from '../../../lib/run/limits';
import { makePlan } from '../../../lib/run/plan';
import { formatObjects, parseObjects, type PlannedObject } from '../../../lib/run/planned-object';
import type { Request } from '../../../lib/run/request-fields';
import { resolveRequest } from '../../../lib/run/resolve-request';
import { interleavedTrials } from '../../../lib/run/trials';
import { variantsOf } from '../../../lib/run/variants';
import { anyKey, anyRequest } from './any-request';

const sample = { bucket: 'runs-bucket', prefix: 'sample_files/' };
const resolve = (request: Request) =>
  resolveRequest({ clients: ['sdk'], ...request }, { sample, memorySizes: [512, 1769] });

const objectsOf = (count: number, sizeBytes = 100): PlannedObject[] =>
  Array.from({ length: count }, (_, index) => ({ index, key: `data/${index}`, sizeBytes, etag: '"e"' }));
const planOf = (request: Request, objects: PlannedObject[]) =>
  makePlan('r1', '2026-11-23T00:00:00.000Z', resolve(request), objects, 0);

const variants = ['a', 'b', 'c', 'd'].map((id) => ({
  ...variantsOf(resolve({ strategies: ['sequential'] }))[0]!,
  id,
}));

test('every round has each variant once, warm-ups first, and the same seed gives the same order', () => {
  const numbers = fc.record({
    num: fc.integer({ min: 1, max: 8 }),
    warmup: fc.nat(4),
    seed: fc.nat(2 ** 32 - 1),
  });
  fc.assert(
    fc.property(numbers, (settings) => {
      const trials = interleavedTrials(variants, settings);
      expect(trials).toHaveLength(variants.length * (settings.num + settings.warmup));
      expect(new Set(trials.map(({ id }) => id)).size).toBe(trials.length);
      for (let round = 0; round * variants.length < trials.length; round++) {
        const its = trials.slice(round * variants.length, (round + 1) * variants.length);
        expect(its.map(({ variant }) => variant).sort()).toEqual(['a', 'b', 'c', 'd']);
        const warm = round < settings.warmup;
        const n = warm ? `w${round + 1}` : String(round + 1 - settings.warmup);
        for (const { id, variant, warmup } of its) expect([id, warmup]).toEqual([`${variant}#${n}`, warm]);
      }
      expect(interleavedTrials(variants, settings)).toEqual(trials);
    }),
    { numRuns: 30 },
  );
});

test('another seed gives another order, and no variant is favoured', () => {
  const orders = Array.from({ length: 200 }, (_, seed) =>
    interleavedTrials(variants, { num: 3, warmup: 0, seed }).map(({ variant }) => variant),
  );
  expect(new Set(orders.map((order) => order.join(''))).size).toBeGreaterThan(180);
  for (const { id } of variants) {
    const first = orders.filter((order) => order[0] === id).length;
    // 200 draws of 1 in 4: 50 ± 5 standard deviations.
    expect(Math.abs(first - 50)).toBeLessThan(31);
  }
});

test('a plan counts what it asks for', () => {
  const objects = [...objectsOf(2, 10 * 2 ** 20), { index: 2, key: 'gone', sizeBytes: null, etag: null }];
  const plan = planOf(
    { strategies: ['sequential', 'ranged'], num: 2, warmup: 1, concurrency: [4, 8] },
    objects,
  );
  expect(plan.objects).toEqual({
    count: 3,
    bytes: 20 * 2 ** 20,
    unknownSizes: 1,
    skippedMarkers: 0,
    sha256: createHash('sha256').update(formatObjects(objects)).digest('hex'),
  });
  expect(plan.variants.map(({ id }) => id)).toEqual(['sequential-1-sdk', 'ranged-4-sdk', 'ranged-8-sdk']);
  // 3 rounds: sequential asks for 3 objects, ranged for 2 × 2 parts of 8 MiB and the unknown one.
  expect(plan.estimate).toEqual({
    getRequests: 3 * (3 + 5 + 5),
    // Each of the two that is larger than a part, for its checksum.
    headRequests: 3 * (0 + 2 + 2),
    bytes: 9 * 20 * 2 ** 20,
    historyEvents: 2 + 5 + 4 + 5 + 9 * (2 + 2 + 5),
  });
});

test('every variant of a plan has a name of its own', () => {
  fc.assert(
    fc.property(anyRequest, ({ memorySizes, ...request }) => {
      const resolved = {
        ...resolve({ ...request, concurrency: [1, 8, 40] }),
        memorySizes: memorySizes ?? [512],
      };
      const ids = variantsOf(resolved).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !/^[a-z0-9-]+$/.test(id))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('an inline Map takes 1,000 objects and no more', () => {
  const request: Request = { strategies: ['map'], num: 1, warmup: 0 };
  expect(planOf(request, objectsOf(limits.inlineMapObjects)).objects.count).toBe(1000);
  expect(() => planOf(request, objectsOf(1001))).toThrow(
    /^strategies: "map" takes at most 1000 objects, the plan has 1001: .*; write "strategies":\["concurrent"/,
  );
  expect(planOf({ ...request, strategies: ['concurrent'] }, objectsOf(1001)).objects.count).toBe(1001);
});

test('a history of 25,000 events is enough, or the plan says what to lower', () => {
  const request: Request = { strategies: ['map'], warmup: 0 };
  const roomy = planOf({ ...request, num: 3 }, objectsOf(1000));
  expect(roomy.estimate.historyEvents).toBeLessThanOrEqual(limits.historyEvents);
  expect(() => planOf({ ...request, num: 4 }, objectsOf(1000))).toThrow(
    /^strategies: the run of 4 trials needs \d+ history events; .* 25000; write "strategies" without "map"/,
  );
  const concurrency = Array.from({ length: 16 }, (_, n) => n + 1);
  expect(() => planOf({ strategies: ['concurrent', 'ranged'], concurrency, num: 100 }, objectsOf(1))).toThrow(
    /^num: /,
  );
});

test('an inline Map runs 40 at once and no more', () => {
  expect(resolve({ strategies: ['map'], concurrency: [40] }).concurrency).toEqual([40]);
  expect(() => resolve({ concurrency: [8, 41] })).toThrow(/^concurrency\[1\]: is above 40, /);
  expect(resolve({ strategies: ['concurrent'], concurrency: [256] }).concurrency).toEqual([256]);
});

test('a memory size without a function is refused by its place', () => {
  expect(() => resolve({ memorySizes: [512, 1024] })).toThrow(
    /^memorySizes\[1\]: 1024 MB has no fetch function: deployed are 512, 1769; write "memorySizes":\[512,1769\]/,
  );
});

test('nothing said means the sample objects; a bucket of one’s own is taken whole', () => {
  expect(resolve({})).toMatchObject({ bucket: 'runs-bucket', objects: { prefix: 'sample_files/' } });
  expect(resolve({ bucket: 'lake' })).toMatchObject({ bucket: 'lake', objects: { prefix: '' } });
  expect(() => resolveRequest({}, { sample: null, memorySizes: [512] })).toThrow(
    'bucket: is needed; write "bucket":"my-bucket"',
  );
});

test('objects come back from their lines, whatever their keys hold', () => {
  const object = fc.record({
    index: fc.nat(),
    key: fc.oneof(anyKey, fc.constantFrom('a\nb', '"', '\\', '\u2028', '\u0000', "it's\r\n{}")),
    sizeBytes: fc.option(fc.nat()),
    etag: fc.option(fc.string()),
  });
  fc.assert(
    fc.property(fc.array(object), (objects) => {
      const text = formatObjects(objects);
      expect(parseObjects(text)).toEqual(objects);
      expect(text.split('\n')).toHaveLength(objects.length + 1);
    }),
  );
});
