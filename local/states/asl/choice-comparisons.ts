import type { Json } from './json';
import { timestampMs } from './timestamp';

interface Comparison {
  /** Whether a fixed value of the definition has the right type. */
  takes(value: Json): boolean;
  test(value: Json, other: Json): boolean;
  mayBePath: boolean;
}

/** The comparison operators of a Choice by name, without their `…Path` forms. */
export const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ...ordered('String', (value) => (typeof value === 'string' ? value : null)),
  ...ordered('Numeric', (value) => (typeof value === 'number' ? value : null)),
  ...ordered('Timestamp', (value) => timestampMs(value)),
  ['BooleanEquals', { takes: isBoolean, test: (a, b) => isBoolean(a) && a === b, mayBePath: true }],
  [
    'StringMatches',
    { takes: isString, test: (a, b) => isString(a) && isString(b) && matches(a, b), mayBePath: false },
  ],
  ...typeTest('IsNull', (value) => value === null),
  ...typeTest('IsString', isString),
  ...typeTest('IsNumeric', (value) => typeof value === 'number'),
  ...typeTest('IsBoolean', isBoolean),
  ...typeTest('IsTimestamp', (value) => timestampMs(value) !== null),
]);

/** A value of the wrong type is null and matches nothing. */
function ordered(prefix: string, read: (value: Json) => string | number | null): [string, Comparison][] {
  const tests: Record<string, (a: string | number, b: string | number) => boolean> = {
    Equals: (a, b) => a === b,
    LessThan: (a, b) => a < b,
    LessThanEquals: (a, b) => a <= b,
    GreaterThan: (a, b) => a > b,
    GreaterThanEquals: (a, b) => a >= b,
  };
  return Object.entries(tests).map(([suffix, compare]) => [
    prefix + suffix,
    {
      takes: (value) => read(value) !== null,
      test: (value, other) => {
        const a = read(value);
        const b = read(other);
        return a !== null && b !== null && compare(a, b);
      },
      mayBePath: true,
    },
  ]);
}

function typeTest(name: string, is: (value: Json) => boolean): [string, Comparison][] {
  return [[name, { takes: isBoolean, test: is, mayBePath: false }]];
}

function isBoolean(value: Json): boolean {
  return typeof value === 'boolean';
}

function isString(value: Json): value is string {
  return typeof value === 'string';
}

/** `*` stands for any characters, `\*` for itself. Piece by piece: a regular expression could take exponential time. */
function matches(value: string, pattern: string): boolean {
  const [first = '', ...rest] = pieces(pattern);
  if (rest.length === 0) return value === first;
  const last = rest.pop() ?? '';
  if (!value.startsWith(first) || !value.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = value.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at + last.length <= value.length;
}

/** The literal texts between the wildcards. */
function pieces(pattern: string): string[] {
  const texts = [''];
  for (const [token, escaped] of pattern.matchAll(/\\([*\\])|[\s\S]/g)) {
    if (token === '*') texts.push('');
    else texts[texts.length - 1] += escaped ?? token;
  }
  return texts;
}
