import { wrongArgument } from './json-schema-arguments';
import { keywords } from './json-schema-keywords';
import type { JsonSchema, JsonValue } from './rest-api-spec';

/** What is wrong with a value, in the words of API Gateway's validator; empty where it is valid. */
export type Validate = (value: JsonValue) => string[];

/** Compiles a schema of draft-04; a keyword that is not implemented is refused here, not ignored later. */
export function compileSchema(root: JsonSchema): Validate {
  const references = new Map<string, Validate>();
  const compile = (schema: JsonValue | undefined, at: string): Validate => {
    if (!isObject(schema)) throw new SchemaError(`${at}: a schema is an object`);
    if (schema['$ref'] !== undefined) return reference(schema['$ref'], at);
    const checks = Object.keys(schema).flatMap((keyword) => {
      const build = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
      if (build === undefined) throw new SchemaError(`${at}: the keyword ${keyword} is not known here`);
      const wrong = wrongArgument(keyword, schema[keyword]!);
      if (wrong !== undefined) throw new SchemaError(`${at}/${keyword}: it must be ${wrong}`);
      const check = build({ argument: schema[keyword]!, schema, at: `${at}/${keyword}`, compile });
      return check === null ? [] : [check];
    });
    return (value) => checks.flatMap((check) => check(value));
  };
  const reference = (ref: JsonValue, at: string): Validate => {
    if (typeof ref !== 'string' || !ref.startsWith('#')) {
      throw new SchemaError(
        `${at}: only references into the same schema are known here, not ${JSON.stringify(ref)}`,
      );
    }
    // Compiled once, and found again when it refers to itself.
    if (!references.has(ref)) {
      let target: Validate = () => [];
      references.set(ref, (value) => target(value));
      target = compile(find(root, ref, at), ref);
    }
    return references.get(ref)!;
  };
  return compile(root, '#');
}

export class SchemaError extends Error {
  override name = 'SchemaError';
}

function find(root: JsonSchema, ref: string, at: string): JsonValue {
  const steps = ref
    .split('/')
    .slice(1)
    .map((it) => decodeURIComponent(it).replaceAll('~1', '/').replaceAll('~0', '~'));
  let found: JsonValue = root;
  for (const step of steps) {
    const next: JsonValue | undefined =
      typeof found === 'object' && found !== null && Object.hasOwn(found, step)
        ? (found as JsonSchema)[step]
        : undefined;
    if (next === undefined) throw new SchemaError(`${at}: ${ref} is not there`);
    found = next;
  }
  return found;
}

function isObject(value: JsonValue | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
