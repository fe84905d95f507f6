import type { JsonValue } from './rest-api-spec';

/** Says what a keyword's argument should be, where it is not that; undefined where all is well. */
export function wrongArgument(keyword: string, argument: JsonValue): string | undefined {
  const expected = Object.hasOwn(expectations, keyword) ? expectations[keyword] : undefined;
  return expected === undefined || expected.is(argument) ? undefined : expected.say;
}

interface Expectation {
  say: string;
  is: (argument: JsonValue) => boolean;
}

const typeNames = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const number: Expectation = { say: 'a number', is: (it) => typeof it === 'number' };
const count: Expectation = {
  say: 'a whole number, 0 or more',
  is: (it) => Number.isInteger(it) && Number(it) >= 0,
};
const flag: Expectation = { say: 'true or false', is: (it) => typeof it === 'boolean' };
const object: Expectation = {
  say: 'an object',
  is: (it) => typeof it === 'object' && it !== null && !Array.isArray(it),
};
const schemas: Expectation = {
  say: 'a list of schemas, not empty',
  is: (it) => Array.isArray(it) && it.length > 0,
};

const expectations: Record<string, Expectation> = {
  type: {
    say: `one or more of ${typeNames.join(', ')}`,
    is: (it) => [it].flat().every((name) => typeof name === 'string' && typeNames.includes(name)),
  },
  enum: { say: 'a list', is: Array.isArray },
  minimum: number,
  maximum: number,
  // Later drafts have a number here; API Gateway's draft-04 has a flag beside the limit.
  exclusiveMinimum: flag,
  exclusiveMaximum: flag,
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  uniqueItems: flag,
  pattern: { say: 'a text', is: (it) => typeof it === 'string' },
  properties: object,
  definitions: object,
  required: {
    say: 'a list of names, not empty',
    is: (it) => Array.isArray(it) && it.length > 0 && it.every((name) => typeof name === 'string'),
  },
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
};
