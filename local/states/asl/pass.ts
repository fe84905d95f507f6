import { compileFilter, compileInput, compileResultPath, outputDatum } from './data-flow';
import type { Fields } from './fields';
import { simpleState } from './simple-state';
import type { State } from './state';
import { compileTransition } from './transition';

export function compilePass(name: string, fields: Fields): State {
  const fixed = fields.take('Result');
  const prepare = compileInput(fields);
  const place = compileResultPath(fields);
  const filter = compileFilter(fields, 'OutputPath');
  const next = compileTransition(fields);
  return simpleState({
    name,
    type: 'Pass',
    targets: next === null ? [] : [next],
    step(_thread, { input: raw }, context) {
      const prepared = prepare(raw.value, context);
      const placed = place(raw.value, fixed === undefined ? prepared : fixed);
      return { next, output: outputDatum(raw, filter === null ? placed : filter(placed, context)) };
    },
  });
}
