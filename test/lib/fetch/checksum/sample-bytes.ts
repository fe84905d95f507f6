import * as fc from 'fast-check';

/** Long enough to be folded many times over, and to need more than one copy into the kernel. */
export const sampleBytes = pseudoRandomBytes(600_000);

/** A view into the samples: lengths near nothing, around the folding thresholds, and beyond one copy. */
export const views = fc
  .tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 64 }),
      fc.integer({ min: 1_700, max: 3_000 }),
      fc.integer({ min: 5_200, max: 6_500 }),
      fc.integer({ min: 0, max: 70_000 }),
      fc.integer({ min: 262_100, max: 262_200 }),
      fc.integer({ min: 524_200, max: 540_000 }),
    ),
    fc.integer({ min: 0, max: 1_000 }),
  )
  .map(([length, offset]) => sampleBytes.subarray(offset, offset + length));

function pseudoRandomBytes(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
