import * as fc from 'fast-check';
import { compileReferencePath } from '../../../../local/states/asl/reference-path';
import { compilePath } from '../../../../local/states/asl/path';
import { type Json, type JsonObject, put } from '../../../../local/states/asl/json';
import { one, runMachine, task } from '../run-machine';

const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'x y');
const keys = fc.array(key, { minLength: 1, maxLength: 4 });
/** Nothing but objects, so that every path can be placed. */
const objects = fc.array(keys).map((paths) => {
  const tree: JsonObject = {};
  for (const path of paths) {
    let node = tree;
    for (const name of path) {
      if (!Object.hasOwn(node, name)) put(node, name, {});
      node = node[name] as JsonObject;
    }
  }
  return tree;
});
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json);
const pathOf = (names: string[]) => `$${names.map((name) => `['${name}']`).join('')}`;
const read = (input: Json, names: string[]) => compilePath(pathOf(names), 'test').read(input, null);

describe('ResultPath', () => {
  it('gives back what it placed, and touches nothing else', () => {
    fc.assert(
      fc.property(objects, json, keys, keys, (input, result, names, others) => {
        const before = JSON.stringify(input);
        const placed = compileReferencePath(pathOf(names), 'test')(input, result);
        expect(read(placed, names)).toEqual(result);
        expect(JSON.stringify(input)).toBe(before);
        const apart = names.some((name, i) => i < others.length && name !== others[i]);
        if (apart) expect(read(placed, others)).toEqual(read(input, others));
      }),
    );
  });

  it('replaces the whole input at $, whatever the two are', () => {
    fc.assert(
      fc.property(json, json, (input, result) => {
        expect(compileReferencePath('$', 'test')(input, result)).toEqual(result);
      }),
    );
  });

  it('replaces an element of an array that is there, and fails on one that is not', () => {
    const place = compileReferencePath('$.list[1].n', 'test');
    expect(place({ list: [1, { m: 2 }] }, 3)).toEqual({ list: [1, { m: 2, n: 3 }] });
    expect(() => place({ list: [1] }, 3)).toThrow('States.ResultPathMatchFailure');
    expect(() => place({ list: [1, 2] }, 3)).toThrow('States.ResultPathMatchFailure');
  });
});

describe('a state on its way from input to output', () => {
  it.each<[string, object, unknown, unknown]>([
    ['InputPath null gives {}', { InputPath: null }, 5, {}],
    ['OutputPath null gives {}', { OutputPath: null }, 5, {}],
    ['ResultPath null gives the input', { Result: 1, ResultPath: null }, [0], [0]],
    ['ResultPath sees the raw input', { InputPath: '$.a', ResultPath: '$.r' }, { a: 1 }, { a: 1, r: 1 }],
    ['Result is not evaluated', { Result: { 'a.$': '$.b' } }, {}, { 'a.$': '$.b' }],
    ['a Result of null is a result', { Result: null }, 1, null],
    [
      'templates reach into arrays and objects',
      { Parameters: { list: [{ 'v.$': '$.v' }, 'x'], deep: { 'w.$': '$.w' }, k: 1 } },
      { v: 0, w: false },
      { list: [{ v: 0 }, 'x'], deep: { w: false }, k: 1 },
    ],
    [
      'the context object',
      {
        Parameters: {
          'name.$': '$$.State.Name',
          'machine.$': '$$.StateMachine.Name',
          'in.$': '$$.Execution.Input',
        },
      },
      'input',
      { name: 'Only', machine: 'Test', in: 'input' },
    ],
  ])('%s', async (_what, fields, input, expected) => {
    expect((await runMachine(one({ Type: 'Pass', ...fields }), input)).result).toEqual(expected);
  });

  it('keeps falsy values through Pass, Task and selectors', async () => {
    for (const value of [0, false, '', null, [], {}]) {
      expect((await runMachine(one({ Type: 'Pass' }), value)).result).toEqual(value);
      expect((await runMachine(one(task()), value)).result).toEqual(value);
      const select = one(task({ ResultSelector: { 'p.$': '$.Payload' }, OutputPath: '$.p' }));
      expect((await runMachine(select, value)).result).toEqual(value);
    }
  });

  it('keeps a key named __proto__ as data', async () => {
    const input = JSON.parse('{"__proto__":{"polluted":1},"a":2}') as object;
    const done = await runMachine(one({ Type: 'Pass', Parameters: { 'copy.$': '$' } }), input);
    expect(done.output).toBe('{"copy":{"__proto__":{"polluted":1},"a":2}}');
    const placed = await runMachine(one({ Type: 'Pass', Result: 1, ResultPath: '$.__proto__' }), { a: 2 });
    expect(placed.output).toBe('{"a":2,"__proto__":1}');
  });

  it.each<[string, object, string]>([
    ['a path that names nothing', { InputPath: '$.gone' }, 'States.Runtime'],
    ['a template path that names nothing', { Parameters: { 'a.$': '$.gone' } }, 'States.Runtime'],
    [
      'an intrinsic function that fails',
      { Parameters: { 'a.$': 'States.StringToJson($.s)' } },
      'States.IntrinsicFailure',
    ],
    ['a place that cannot be', { Result: 1, ResultPath: '$.s.x' }, 'States.ResultPathMatchFailure'],
  ])('fails on %s', async (_what, fields, error) => {
    const done = await runMachine(one({ Type: 'Pass', ...fields }), { s: '{' });
    expect(done).toMatchObject({ status: 'FAILED', error });
    expect(done.cause).toMatch(
      /^An error occurred while executing the state 'Only' \(entered at the event id #2\)\./,
    );
  });
});
