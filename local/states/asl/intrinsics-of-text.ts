import { createHash } from 'node:crypto';
import type { Intrinsic } from './intrinsic';
import { isObject, type Json, type JsonObject } from './json';

/** Base64 and hash functions take at most 10,000 characters (Step Functions developer guide). */
const maxCharacters = 10_000;
const hashes: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

export const textIntrinsics: Record<string, Intrinsic> = {
  'States.Format': {
    fewest: 1,
    most: Number.POSITIVE_INFINITY,
    call: ([template, ...args]) => format(asString(template), args),
  },
  'States.StringToJson': { fewest: 1, most: 1, call: ([text]) => JSON.parse(asString(text)) as Json },
  'States.JsonToString': { fewest: 1, most: 1, call: ([value]) => JSON.stringify(value) },
  'States.JsonMerge': { fewest: 3, most: 3, call: ([a, b, deep]) => merge(a!, b!, deep!) },
  'States.Base64Encode': {
    fewest: 1,
    most: 1,
    call: ([text]) => Buffer.from(short(asString(text))).toString('base64'),
  },
  'States.Base64Decode': { fewest: 1, most: 1, call: ([text]) => decode(short(asString(text))) },
  'States.Hash': { fewest: 2, most: 2, call: ([data, algorithm]) => hash(data!, asString(algorithm)) },
  'States.StringSplit': {
    fewest: 2,
    most: 2,
    call: ([text, delimiters]) => split(asString(text), asString(delimiters)),
  },
};

function format(template: string, args: Json[]): string {
  let used = 0;
  const text = template.replaceAll(/\\([{}])|\{\}|[{}]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (found !== '{}') throw new Error('a brace must be a placeholder {} or be escaped');
    return formatted(args[used++]);
  });
  if (used !== args.length) throw new Error(`${used} placeholders for ${args.length} arguments`);
  return text;
}

function formatted(arg: Json | undefined): string {
  if (typeof arg === 'string') return arg;
  // AWS writes them as Java does, `{k=v}`: nobody wants that, and JSON would be another answer.
  if (typeof arg === 'object' && arg !== null)
    throw new Error('arrays and objects are not implemented here: put States.JsonToString around them');
  return JSON.stringify(arg ?? null);
}

function merge(a: Json, b: Json, deep: Json): JsonObject {
  if (deep !== false) throw new Error('only a shallow merge exists: the third argument must be false');
  if (!isObject(a) || !isObject(b)) throw new Error('two objects are needed');
  return { ...a, ...b };
}

function decode(text: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Error('the string is not base64');
  return Buffer.from(text, 'base64').toString();
}

function hash(data: Json, algorithm: string): string {
  const name = Object.hasOwn(hashes, algorithm) ? hashes[algorithm] : undefined;
  if (name === undefined) throw new Error(`the algorithm must be one of ${Object.keys(hashes).join(', ')}`);
  return createHash(name)
    .update(short(typeof data === 'string' ? data : JSON.stringify(data)))
    .digest('hex');
}

/** Every character of `delimiters` splits, and empty parts are dropped. */
function split(text: string, delimiters: string): string[] {
  const parts = [''];
  for (const character of text) {
    if (delimiters.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part !== '');
}

function short(text: string): string {
  if (text.length > maxCharacters) throw new Error(`the string has more than ${maxCharacters} characters`);
  return text;
}

function asString(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw new Error('a string is needed');
}
