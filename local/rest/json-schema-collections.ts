import { canonical } from './json-canonical';
import type { Keyword } from './json-schema-keyword';
import type { JsonSchema, JsonValue } from './rest-api-spec';

/** The keywords for objects and arrays. */
export const collectionKeywords: Record<string, Keyword> = {
  /** Reached through `$ref` alone; compiled all the same, so that nothing unknown hides in it. */
  definitions: ({ argument, at, compile }) => {
    for (const [name, schema] of Object.entries(argument as JsonSchema)) compile(schema, `${at}/${name}`);
    return null;
  },
  properties: ({ argument, at, compile }) => {
    const validators = Object.entries(argument as JsonSchema).map(
      ([name, schema]) => [name, compile(schema, `${at}/${name}`)] as const,
    );
    return forObjects((value) =>
      validators.flatMap(([name, validate]) => (Object.hasOwn(value, name) ? validate(value[name]!) : [])),
    );
  },
  required: ({ argument }) =>
    forObjects((value) => {
      const missing = (argument as string[]).filter((name) => !Object.hasOwn(value, name)).sort();
      return missing.length === 0
        ? []
        : [`object has missing required properties (${JSON.stringify(missing)})`];
    }),
  additionalProperties: ({ argument, schema, at, compile }) => {
    if (argument === true) return null;
    const known = (schema['properties'] ?? {}) as JsonSchema;
    const additional = (value: JsonSchema): string[] =>
      Object.keys(value).filter((name) => !Object.hasOwn(known, name));
    if (argument === false) {
      return forObjects((value) => {
        const names = additional(value).sort();
        return names.length === 0
          ? []
          : [`object instance has properties which are not allowed by the schema: ${JSON.stringify(names)}`];
      });
    }
    const validate = compile(argument, at);
    return forObjects((value) => additional(value).flatMap((name) => validate(value[name]!)));
  },
  items: ({ argument, at, compile }) => {
    const validate = compile(argument, at);
    return forArrays((value) => value.flatMap((item) => validate(item)));
  },
  minItems: ({ argument }) =>
    forArrays((value) =>
      value.length >= (argument as number)
        ? []
        : [
            `array is too short: must have at least ${argument as number} elements but instance has ${value.length} elements`,
          ],
    ),
  maxItems: ({ argument }) =>
    forArrays((value) =>
      value.length <= (argument as number)
        ? []
        : [
            `array is too long: must have at most ${argument as number} elements but instance has ${value.length} elements`,
          ],
    ),
  uniqueItems: ({ argument }) =>
    forArrays((value) =>
      argument !== true || new Set(value.map(canonical)).size === value.length
        ? []
        : ['array must not contain duplicate elements'],
    ),
};

function forObjects(check: (value: JsonSchema) => string[]): (value: JsonValue) => string[] {
  return (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? check(value) : [];
}

function forArrays(check: (value: JsonValue[]) => string[]): (value: JsonValue) => string[] {
  return (value) => (Array.isArray(value) ? check(value) : []);
}
