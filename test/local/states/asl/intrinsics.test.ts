import * as fc from 'fast-check';
import { compileExpression } from '../../../../local/states/asl/expression';
import type { Json } from '../../../../local/states/asl/json';

const input: Json = { a: [1, [2], { x: 1, y: 2 }, 'b', 0, null], s: 'text', o: { k: 1 }, 'k,y': 7 };

function evaluate(text: string, from: Json = input): Json {
  return compileExpression(text, 'test', 'field.$')(from, { Execution: { Name: 'run' } });
}

describe('intrinsic functions', () => {
  it.each<[string, Json]>([
    ["States.Format('{} and {}', $.s, States.JsonToString($.o))", 'text and {"k":1}'],
    ["States.Format('{}{}{}', null, 0, false)", 'null0false'],
    [String.raw`States.Format('\{\} it\'s {}', 'x')`, "{} it's x"],
    [String.raw`States.Format('back\\slash')`, 'back\\slash'],
    ["States.Format('a, b) {}', $['k,y'])", 'a, b) 7'],
    ["States.StringToJson('[0,null]')", [0, null]],
    ['States.JsonToString($.o)', '{"k":1}'],
    ['States.Array()', []],
    ["States.Array(1, -2.5, 'x', true, null, $.o)", [1, -2.5, 'x', true, null, { k: 1 }]],
    [
      'States.ArrayPartition($.a, 4)',
      [
        [1, [2], { x: 1, y: 2 }, 'b'],
        [0, null],
      ],
    ],
    ['States.ArrayContains($.a, null)', true],
    ['States.ArrayContains($.a, States.StringToJson(\'{"y":2,"x":1}\'))', true],
    ['States.ArrayContains($.a, 3)', false],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayRange(1, 0, 1)', []],
    ['States.ArrayGetItem($.a, 4)', 0],
    ['States.ArrayGetItem($.a, 5)', null],
    ['States.ArrayLength($.a)', 6],
    ["States.ArrayUnique(States.Array(1, '1', 1, null, null, $.o, $.o))", [1, '1', null, { k: 1 }]],
    ["States.Base64Encode('Data ü')", 'RGF0YSDDvA=='],
    ["States.Base64Decode('RGF0YSDDvA==')", 'Data ü'],
    ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ["States.Hash('', 'MD5')", 'd41d8cd98f00b204e9800998ecf8427e'],
    ['States.JsonMerge($.o, States.StringToJson(\'{"k":2,"l":3}\'), false)', { k: 2, l: 3 }],
    ['States.MathAdd(111, -1)', 110],
    ["States.StringSplit('This.is+a,test=string', '.+,=')", ['This', 'is', 'a', 'test', 'string']],
    ["States.StringSplit('a,,b', ',')", ['a', 'b']],
    ["States.Format('{}', States.ArrayLength(States.Array(1,2)))", '2'],
    ['States.Array( $$.Execution.Name ,1 )', ['run', 1]],
  ])('%s', (text, expected) => {
    expect(evaluate(text)).toEqual(expected);
  });

  it.each([
    "States.Format('{}')",
    "States.Format('x', 1)",
    "States.Format('{a}', 1)",
    "States.Format('{}', $.o)",
    "States.Format('{}', $.a)",
    "States.StringToJson('{')",
    'States.ArrayPartition($.a, 0)',
    'States.ArrayRange(1, 2, 0)',
    'States.ArrayRange(1, 1001, 1)',
    'States.ArrayGetItem($.a, 6)',
    'States.ArrayLength($.s)',
    "States.Hash('a', 'CRC32')",
    "States.Hash('a', 'constructor')",
    "States.Base64Decode('!')",
    'States.JsonMerge($.o, $.o, true)',
    'States.JsonMerge($.o, $.a, false)',
    'States.MathAdd(2147483647, 1)',
    "States.MathAdd('1', 1)",
    'States.MathRandom(1, 1)',
  ])('%s fails by name', (text) => {
    expect(() => evaluate(text)).toThrow('States.IntrinsicFailure');
  });

  it('refuse texts that are too long', () => {
    const from = { long: 'x'.repeat(10_001) };
    for (const text of ['States.Base64Encode($.long)', "States.Hash($.long, 'MD5')"])
      expect(() => evaluate(text, from)).toThrow('10000 characters');
  });

  it('States.MathRandom stays within its bounds, and a seed fixes it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.nat(),
        (from, size, seed) => {
          const text = `States.MathRandom(${from}, ${from + size}, ${seed})`;
          const value = evaluate(text) as number;
          expect(value).toBeGreaterThanOrEqual(from);
          expect(value).toBeLessThan(from + size);
          expect(evaluate(text)).toBe(value);
        },
      ),
    );
  });

  it('States.UUID differs every time', () => {
    expect(evaluate('States.UUID()')).not.toBe(evaluate('States.UUID()'));
    expect(evaluate('States.UUID()')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('give back any JSON through text, and any text through base64 and quotes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'grapheme' }), (value, text) => {
        const from = { v: JSON.parse(JSON.stringify(value)) as Json, t: text };
        expect(evaluate('States.StringToJson(States.JsonToString($.v))', from)).toEqual(from.v);
        expect(evaluate('States.Base64Decode(States.Base64Encode($.t))', from)).toBe(text);
        const quoted = text.replaceAll(/[\\'{}]/g, String.raw`\$&`);
        expect(evaluate(`States.Format('${quoted}')`)).toBe(text);
      }),
    );
  });

  it('States.ArrayPartition cuts an array into what joins to it again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (array, size) => {
        const chunks = evaluate(`States.ArrayPartition($.v, ${size})`, { v: array }) as number[][];
        expect(chunks.flat()).toEqual(array);
        expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
      }),
    );
  });
});
