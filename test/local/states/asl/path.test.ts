import * as fc from 'fast-check';
import type { Json } from '../../../../local/states/asl/json';
import { compilePath } from '../../../../local/states/asl/path';

const document: Json = {
  a: { 'b c': [10, 20, 30, 40], d: { e: null } },
  list: [{ n: 1 }, { n: 2, m: 'x' }, 'no object', { n: 0 }],
  zero: 0,
  no: false,
  empty: '',
  nothing: null,
  'großer-Name_1': 'ü',
};

function read(text: string): Json | undefined {
  return compilePath(text, 'test').read(document, { Execution: { Input: { x: 1 } } });
}

describe('a path', () => {
  it.each<[string, Json | undefined]>([
    ['$', document],
    ['$.zero', 0],
    ['$.no', false],
    ['$.empty', ''],
    ['$.nothing', null],
    ['$.gone', undefined],
    ['$.nothing.more', undefined],
    ['$.empty.length', undefined],
    ['$.toString', undefined],
    ['$.großer-Name_1', 'ü'],
    ["$.a['b c'][1]", 20],
    ['$["a"]["d"].e', null],
    ["$.a['b c'][-1]", 40],
    ["$.a['b c'][4]", undefined],
    ["$.a['b c'][1:3]", [20, 30]],
    ["$.a['b c'][:2]", [10, 20]],
    ["$.a['b c'][-2:]", [30, 40]],
    ["$.a['b c'][::2]", [10, 30]],
    ['$.list[*].n', [1, 2, 0]],
    ['$.list.*.n', [1, 2, 0]],
    ['$..n', [1, 2, 0]],
    ['$..list[1].m', ['x']],
    ['$.gone[*]', []],
    ['$$.Execution.Input.x', 1],
    ['$$.Execution.Input.y', undefined],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('finds any property of any object by its quoted name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.jsonValue(), (key, value) => {
        const text = `$['${key.replaceAll(/['\\]/g, String.raw`\$&`)}']`;
        const input = JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`) as Json;
        expect(compilePath(text, 'test').read(input, null)).toEqual(Object.values(input as object)[0]);
      }),
    );
  });

  it('refuses or reads, but never throws anything else', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (rest) => {
        try {
          compilePath(`$${rest}`, 'test').read(document, {});
        } catch (error) {
          expect((error as Error).name).toBe('DefinitionError');
        }
      }),
    );
  });
});
