import { compileFilter, outputDatum } from './data-flow';
import type { Fields } from './fields';
import type { Json } from './json';
import { compileExpression, type Expression } from './expression';
import { simpleState } from './simple-state';
import type { State } from './state';
import { runtimeError, StateError } from './state-error';

export function compileSucceed(name: string, fields: Fields): State {
  const inputFilter = compileFilter(fields, 'InputPath');
  const outputFilter = compileFilter(fields, 'OutputPath');
  return simpleState({
    name,
    type: 'Succeed',
    targets: [],
    step(_thread, { input: raw }, context) {
      const input = inputFilter === null ? raw.value : inputFilter(raw.value, context);
      const output = outputFilter === null ? input : outputFilter(input, context);
      return { next: null, output: outputDatum(raw, output) };
    },
  });
}

export function compileFail(name: string, fields: Fields): State {
  const errorOf = compileText(fields, 'Error');
  const causeOf = compileText(fields, 'Cause');
  return simpleState({
    name,
    type: 'Fail',
    targets: [],
    step(_thread, { input }, context) {
      throw new StateError(errorOf(input.value, context), causeOf(input.value, context));
    },
  });
}

/** `Error` or `ErrorPath`, `Cause` or `CausePath`: a path or an intrinsic function that gives a string. */
function compileText(fields: Fields, name: 'Error' | 'Cause'): (input: Json, context: Json) => string {
  const pathName = `${name}Path`;
  fields.notBoth(name, pathName);
  const fixed = fields.string(name);
  const text = fields.string(pathName);
  if (text === undefined) return () => fixed ?? '';
  const expression: Expression = compileExpression(text, fields.place(pathName), pathName);
  return (input, context) => {
    const value = expression(input, context);
    if (typeof value === 'string') return value;
    throw runtimeError(`The ${pathName} '${text}' must give a string.`);
  };
}
