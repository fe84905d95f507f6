import { collectionKeywords } from './json-schema-collections';
import { canonical } from './json-canonical';
import type { Keyword } from './json-schema-keyword';
import type { JsonValue } from './rest-api-spec';

const text = (value: JsonValue): string => JSON.stringify(value);
const annotation: Keyword = () => null;
/** Read by the limit beside it. */
const flagBeside = annotation;

/** Draft-04, as far as models use it. Messages are those that API Gateway puts into `validationErrorString`. */
export const keywords: Record<string, Keyword> = {
  ...collectionKeywords,
  $schema: annotation,
  id: annotation,
  title: annotation,
  description: annotation,
  default: annotation,
  type: ({ argument }) => {
    const allowed = [argument].flat() as string[];
    return (value) => {
      const found = typeOf(value);
      if (allowed.includes(found) || (found === 'integer' && allowed.includes('number'))) return [];
      return [
        `instance type (${found}) does not match any allowed primitive type (allowed: ${text(allowed)})`,
      ];
    };
  },
  enum: ({ argument }) => {
    const allowed = new Set((argument as JsonValue[]).map(canonical));
    return (value) =>
      allowed.has(canonical(value))
        ? []
        : [`instance value (${text(value)}) not found in enum (possible values: ${text(argument)})`];
  },
  minimum: ({ argument, schema }) => {
    const exclusive = schema['exclusiveMinimum'] === true;
    const least = argument as number;
    return (value) => {
      if (typeof value !== 'number' || value > least || (!exclusive && value === least)) return [];
      return exclusive
        ? [`numeric instance is not strictly greater than the required minimum ${least}`]
        : [`numeric instance is lower than the required minimum (minimum: ${least}, found: ${value})`];
    };
  },
  maximum: ({ argument, schema }) => {
    const exclusive = schema['exclusiveMaximum'] === true;
    const most = argument as number;
    return (value) => {
      if (typeof value !== 'number' || value < most || (!exclusive && value === most)) return [];
      return exclusive
        ? [`numeric instance is not strictly lower than the required maximum ${most}`]
        : [`numeric instance is greater than the required maximum (maximum: ${most}, found: ${value})`];
    };
  },
  exclusiveMinimum: flagBeside,
  exclusiveMaximum: flagBeside,
  minLength:
    ({ argument }) =>
    (value) => {
      const length = typeof value === 'string' ? Array.from(value).length : Infinity;
      return length >= (argument as number)
        ? []
        : [`string ${text(value)} is too short (length: ${length}, required minimum: ${text(argument)})`];
    },
  maxLength:
    ({ argument }) =>
    (value) => {
      const length = typeof value === 'string' ? Array.from(value).length : 0;
      return length <= (argument as number)
        ? []
        : [`string ${text(value)} is too long (length: ${length}, maximum allowed: ${text(argument)})`];
    },
  pattern: ({ argument }) => {
    const pattern = new RegExp(argument as string, 'u');
    return (value) =>
      typeof value !== 'string' || pattern.test(value)
        ? []
        : [`ECMA 262 regex ${text(argument)} does not match input string ${text(value)}`];
  },
  allOf: ({ argument, at, compile }) => {
    const all = (argument as JsonValue[]).map((it, index) => compile(it, `${at}/${index}`));
    return (value) => {
      const matched = all.filter((validate) => validate(value).length === 0).length;
      return matched === all.length
        ? []
        : [`instance failed to match all required schemas (matched only ${matched} out of ${all.length})`];
    };
  },
  anyOf: ({ argument, at, compile }) => {
    const all = (argument as JsonValue[]).map((it, index) => compile(it, `${at}/${index}`));
    return (value) =>
      all.some((validate) => validate(value).length === 0)
        ? []
        : [`instance failed to match at least one required schema among ${all.length}`];
  },
  oneOf: ({ argument, at, compile }) => {
    const all = (argument as JsonValue[]).map((it, index) => compile(it, `${at}/${index}`));
    return (value) => {
      const matched = all.filter((validate) => validate(value).length === 0).length;
      return matched === 1
        ? []
        : [`instance failed to match exactly one schema (matched ${matched} out of ${all.length})`];
    };
  },
};

function typeOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
