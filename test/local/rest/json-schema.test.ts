import * as fc from 'fast-check';
import { compileSchema, SchemaError } from '../../../local/rest/json-schema';
import type { JsonSchema, JsonValue } from '../../../local/rest/rest-api-spec';

const cases: [JsonSchema, JsonValue[], JsonValue[]][] = [
  [{ type: 'integer' }, [0, -3, 2.0], [1.5, '1', null]],
  [{ type: 'number' }, [0, 1.5], ['1', [], {}]],
  [{ type: ['string', 'null'] }, ['a', null], [1, false]],
  [{ type: 'object' }, [{}], [[], null]],
  [{ enum: [1, 'a', { b: [1], c: 2 }] }, [1, 'a', { c: 2, b: [1] }], [2, 'A', { b: [1] }]],
  [{ minimum: 1, maximum: 3 }, [1, 3, 'text'], [0.9, 4]],
  [{ minimum: 1, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: true }, [2], [1, 3]],
  [{ minLength: 2, maxLength: 2 }, ['ab', '\u{1F600}\u{1F600}', 7], ['a', 'abc']],
  [{ pattern: '^[a-z]+$' }, ['abc', 7], ['ABC', '']],
  [
    { minItems: 1, maxItems: 2, uniqueItems: true },
    [[1], [1, 2], 'x'],
    [
      [],
      [1, 2, 3],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    ],
  ],
  [{ items: { type: 'string' } }, [[], ['a']], [['a', 1]]],
  [{ required: ['a', '__proto__'] }, [JSON.parse('{"a":1,"__proto__":2}') as JsonValue, []], [{ a: 1 }, {}]],
  [{ properties: { a: { type: 'string' } } }, [{}, { a: 'x' }, { b: 1 }], [{ a: 1 }]],
  [{ properties: { a: {} }, additionalProperties: false }, [{}, { a: 1 }], [{ b: 1 }, { toString: 1 }]],
  [{ additionalProperties: { type: 'string' } }, [{ a: 'x' }], [{ a: 1 }]],
  [{ anyOf: [{ type: 'string' }, { minimum: 5 }] }, ['a', 6], [4]],
  [{ oneOf: [{ type: 'integer' }, { minimum: 5 }] }, [1, 5.5], [6, 4.5]],
  [{ allOf: [{ type: 'integer' }, { minimum: 5 }] }, [6], [5.5, 4]],
  [
    {
      $ref: '#/definitions/tree',
      definitions: { tree: { type: 'array', items: { $ref: '#/definitions/tree' } } },
    },
    [[], [[], [[]]]],
    [1, [[1]]],
  ],
];

test.each(cases)('%j takes %j and refuses %j', (schema, valid, invalid) => {
  const validate = compileSchema(schema);
  for (const value of valid) expect(validate(value)).toEqual([]);
  for (const value of invalid) expect(validate(value)).not.toEqual([]);
});

test.each<[JsonSchema, RegExp]>([
  [{ properties: { a: { format: 'date' } } }, /#\/properties\/a: the keyword format is not known/],
  [{ definitions: { a: { const: 1 } } }, /#\/definitions\/a: the keyword const/],
  [{ exclusiveMinimum: 3 }, /#\/exclusiveMinimum: it must be true or false/],
  [{ required: true }, /#\/required: it must be a list/],
  [{ type: 'text' }, /#\/type: it must be/],
  [{ items: [{}] }, /#\/items: a schema is an object/],
  [{ $ref: 'https://example.com/schema' }, /only references into the same schema/],
  [{ $ref: '#/definitions/none' }, /is not there/],
  [{ constructor: 1 }, /the keyword constructor/],
])('%j is refused at load', (schema, says) => {
  expect(() => compileSchema(schema)).toThrow(SchemaError);
  expect(() => compileSchema(schema)).toThrow(says);
});

test("problems are told in the words of API Gateway's validator", () => {
  const validate = compileSchema({
    type: 'object',
    required: ['bucket'],
    additionalProperties: false,
    properties: { num: { type: 'integer' }, optimizeFor: { enum: ['speed', 'cost'] }, bucket: {} },
  });
  expect(validate({ num: 'x', optimizeFor: 'fun', z: 1 })).toEqual([
    'object has missing required properties (["bucket"])',
    'object instance has properties which are not allowed by the schema: ["z"]',
    'instance type (string) does not match any allowed primitive type (allowed: ["integer"])',
    'instance value ("fun") not found in enum (possible values: ["speed","cost"])',
  ]);
});

test('any value is among itself, and a list of it is not', () => {
  const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;
  fc.assert(
    fc.property(json, (value) => {
      const validate = compileSchema({ enum: [value] });
      expect(validate(JSON.parse(JSON.stringify(value)) as JsonValue)).toEqual([]);
      expect(validate([value])).not.toEqual([]);
      expect(compileSchema({ uniqueItems: true })([value, value])).toHaveLength(1);
    }),
  );
});
