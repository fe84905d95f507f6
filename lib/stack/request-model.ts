import {
  type GatewayResponseOptions,
  type JsonSchema,
  JsonSchemaVersion,
  ResponseType,
} from 'aws-cdk-lib/aws-apigateway';
import { requestJsonSchema } from '../run/request-json-schema';

/**
 * What API Gateway checks of a posted request: an object with the fields of the planner's schema and no others.
 * Their values are left to the handler, which holds them to the same schema: API Gateway says what is wrong
 * with a value, but not in which field.
 */
export function requestModel(): JsonSchema {
  return {
    schema: JsonSchemaVersion.DRAFT4,
    title: 'What a run is asked to do',
    ...(requestJsonSchema() as Pick<JsonSchema, 'type' | 'additionalProperties'>),
    properties: Object.fromEntries(fieldNames().map((name) => [name, {}])),
  };
}

/** The answer to a body that the model refuses, shaped as the handler shapes its own. */
export function refusedBody(): GatewayResponseOptions {
  const answer = {
    error: 'RequestError',
    message: '$context.error.validationErrorString',
    problems: [
      {
        path: 'body',
        problem: '$context.error.validationErrorString',
        write: `a JSON object, {} at least, with any of the fields ${fieldNames().join(', ')}`,
      },
    ],
  };
  return { type: ResponseType.BAD_REQUEST_BODY, templates: { 'application/json': JSON.stringify(answer) } };
}

function fieldNames(): string[] {
  return Object.keys(requestJsonSchema()['properties'] as Record<string, unknown>);
}
