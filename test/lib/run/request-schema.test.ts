import * as fc from 'fast-check';
import { requestErrorFrom, RequestError } from '../../../lib/run/request-error';
import { parseRequest, parseRequestText } from '../../../lib/run/parse-request';
import { requestJsonSchema } from '../../../lib/run/request-json-schema';
import { requestFields } from '../../../lib/run/request-fields';
import { compileSchema } from '../../../local/rest/json-schema';
import type { JsonSchema, JsonValue } from '../../../local/rest/rest-api-spec';
import { anyRequest } from './any-request';

const gateway = compileSchema(requestJsonSchema() as JsonSchema);

test('what is right is taken as it is, by the planner and by the gateway', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const text = JSON.stringify(request);
      expect(parseRequestText(text)).toEqual(JSON.parse(text));
      expect(gateway(JSON.parse(text) as JsonValue)).toEqual([]);
    }),
  );
});

test('what the gateway refuses, the planner refuses too', () => {
  const values = fc.jsonValue({ maxDepth: 2 });
  const spoiled = fc.tuple(anyRequest, fc.constantFrom(...Object.keys(requestFields), 'other'), values);
  fc.assert(
    fc.property(spoiled, ([request, field, value]) => {
      const asked = JSON.parse(JSON.stringify({ ...request, [field]: value })) as JsonValue;
      if (gateway(asked).length > 0) expect(() => parseRequest(asked)).toThrow(RequestError);
    }),
  );
});

test('whatever is sent, the answer is a request or a RequestError with a path, a problem and what to write', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.jsonValue(), fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())),
      (value) => {
        try {
          parseRequest(value);
        } catch (error) {
          expect(error).toBeInstanceOf(RequestError);
          for (const { path, problem, write } of (error as RequestError).problems)
            expect([path, problem, write]).not.toContain('');
          expect(requestErrorFrom((error as RequestError).message).problems).toEqual(
            (error as RequestError).problems,
          );
        }
      },
    ),
  );
});

test('an error comes back from its message as it was', () => {
  const path = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes(': '));
  const write = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('; write '));
  const problem = fc.record({ path, problem: fc.string({ unit: 'binary', minLength: 1 }), write });
  fc.assert(
    fc.property(fc.array(problem, { minLength: 1, maxLength: 30 }), (problems) => {
      const error = new RequestError(problems);
      expect(requestErrorFrom(error.message)).toEqual(error);
      expect(requestErrorFrom(error.message).problems).toEqual(error.problems);
    }),
  );
});

test('a message that is none of ours is kept whole', () => {
  expect(requestErrorFrom('the disk is full').problems).toEqual([
    { path: '$', problem: 'the disk is full', write: 'another request' },
  ]);
});
