import { createHash, randomUUID } from 'node:crypto';
import type { Intrinsic } from './intrinsic';
import { asInteger } from './intrinsics-of-arrays';
import type { Json } from './json';

/** Both operands and the sum stay within ±2147483647 (Step Functions developer guide). */
const maxInteger = 2147483647;

export const numberIntrinsics: Record<string, Intrinsic> = {
  'States.MathAdd': {
    fewest: 2,
    most: 2,
    call: ([a, b]) => inRange(inRange(asInteger(a)) + inRange(asInteger(b))),
  },
  'States.MathRandom': {
    fewest: 2,
    most: 3,
    call: ([from, to, seed]) => random(asInteger(from), asInteger(to), seed),
  },
  'States.UUID': { fewest: 0, most: 0, call: () => randomUUID() },
};

function inRange(value: number): number {
  if (Math.abs(value) > maxInteger) throw new Error(`${value} is beyond ±${maxInteger}`);
  return value;
}

/** From `from` up to, but without, `to`. */
function random(from: number, to: number, seed: Json | undefined): number {
  if (to <= from) throw new Error('the end must be greater than the start');
  const fraction = seed === undefined ? Math.random() : seededFraction(asInteger(seed));
  return from + Math.floor(fraction * (to - from));
}

function seededFraction(seed: number): number {
  return createHash('sha256').update(String(seed)).digest().readUInt32BE() / 2 ** 32;
}
