import { type Json, sameJson } from './json';
import type { Intrinsic } from './intrinsic';

/** States.ArrayRange makes at most 1,000 elements (Step Functions developer guide). */
const maxRangeLength = 1000;

export const arrayIntrinsics: Record<string, Intrinsic> = {
  'States.Array': { fewest: 0, most: Number.POSITIVE_INFINITY, call: (args) => args },
  'States.ArrayPartition': {
    fewest: 2,
    most: 2,
    call: ([array, size]) => partition(asArray(array), asInteger(size)),
  },
  'States.ArrayContains': {
    fewest: 2,
    most: 2,
    call: ([array, wanted]) => asArray(array).some((item) => sameJson(item, wanted!)),
  },
  'States.ArrayRange': {
    fewest: 3,
    most: 3,
    call: ([from, to, step]) => range(asInteger(from), asInteger(to), asInteger(step)),
  },
  'States.ArrayGetItem': {
    fewest: 2,
    most: 2,
    call: ([array, index]) => getItem(asArray(array), asInteger(index)),
  },
  'States.ArrayLength': { fewest: 1, most: 1, call: ([array]) => asArray(array).length },
  'States.ArrayUnique': { fewest: 1, most: 1, call: ([array]) => unique(asArray(array)) },
};

function partition(array: Json[], size: number): Json {
  if (size < 1) throw new Error('the chunk size must be positive');
  const chunks: Json[][] = [];
  for (let at = 0; at < array.length; at += size) chunks.push(array.slice(at, at + size));
  return chunks;
}

function range(from: number, to: number, step: number): Json {
  if (step === 0) throw new Error('the step cannot be 0');
  const length = Math.max(0, Math.floor((to - from) / step) + 1);
  if (length > maxRangeLength) throw new Error(`the range has more than ${maxRangeLength} elements`);
  return Array.from({ length }, (_, i) => from + i * step);
}

function getItem(array: Json[], index: number): Json {
  const item = array[index];
  if (item === undefined) throw new Error(`the array has no index ${index}`);
  return item;
}

/** By canonical text: comparing every pair would take minutes on a large array. */
function unique(array: Json[]): Json {
  const seen = new Map<string, Json>();
  for (const item of array) {
    const text = canonical(item);
    if (!seen.has(text)) seen.set(text, item);
  }
  return [...seen.values()];
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key]!)}`).join(',')}}`;
}

function asArray(value: Json | undefined): Json[] {
  if (Array.isArray(value)) return value;
  throw new Error('an array is needed');
}

/** AWS rounds a number that is no integer (Step Functions developer guide, intrinsic functions). */
export function asInteger(value: Json | undefined): number {
  if (typeof value === 'number') return Math.round(value);
  throw new Error('a number is needed');
}
