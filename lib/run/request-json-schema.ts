import * as z from 'zod/mini';
import { requestSchema } from './request-fields';

/** The request as JSON Schema draft-04, which is what API Gateway's models take. */
export function requestJsonSchema(): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(requestSchema, { target: 'draft-4', io: 'input' });
  return schema;
}
