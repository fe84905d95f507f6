import type { JsonSchema, JsonValue } from './rest-api-spec';

/** Builds one keyword's check; null where the keyword checks nothing by itself. */
export type Keyword = (use: {
  argument: JsonValue;
  /** The schema around it: some keywords work in pairs. */
  schema: JsonSchema;
  /** Where it stands, for a refusal at load. */
  at: string;
  compile: (schema: JsonValue | undefined, at: string) => (value: JsonValue) => string[];
}) => ((value: JsonValue) => string[]) | null;
