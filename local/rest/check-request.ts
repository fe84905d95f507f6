import type { Refusal } from './gateway-refusal';
import { compileSchema, type Validate } from './json-schema';
import { mediaType } from './media-types';
import { headerOf, type RestRequest } from './rest-request';
import type { JsonValue, RestRoute } from './rest-api-spec';

export type CheckRequest = (request: RestRequest, query: URLSearchParams) => Refusal | null;

/** A route's request validator: required parameters first, then the body against its content type's model. */
export function requestCheck(route: RestRoute): CheckRequest {
  const models = new Map(
    Object.entries(route.bodyModels).map(([type, schema]) => [type, compileSchema(schema)]),
  );
  return (request, query) => {
    const missing = route.requiredParameters.filter((it) => !hasParameter(it, request, query));
    if (missing.length > 0) {
      const names = missing.map((it) => it.split('.').slice(1).join('.')).join(', ');
      return { kind: 'BAD_REQUEST_PARAMETERS', message: `Missing required request parameters: [${names}]` };
    }
    // A content type without a model is let through unchecked, as on AWS: the function has the last word.
    const type = mediaType(headerOf(request, 'content-type') ?? 'application/json');
    const validate = models.get(type) ?? models.get('$default');
    return validate === undefined ? null : checkBody(validate, request.body);
  };
}

function checkBody(validate: Validate, body: Buffer): Refusal | null {
  let problems: string[];
  try {
    problems = validate(JSON.parse(body.toString()) as JsonValue);
  } catch (error) {
    if (error instanceof SyntaxError) problems = ['Invalid JSON'];
    else if (error instanceof RangeError) problems = ['JSON is nested too deeply'];
    else throw error;
  }
  if (problems.length === 0) return null;
  return { kind: 'BAD_REQUEST_BODY', validationError: `[${problems.join(', ')}]` };
}

function hasParameter(name: string, request: RestRequest, query: URLSearchParams): boolean {
  const [where, ...rest] = name.split('.');
  const key = rest.join('.');
  if (where === 'header') return headerOf(request, key.toLowerCase()) !== undefined;
  return query.has(key) && query.get(key) !== '';
}
