import { type Datum, datum } from './datum';
import type { Expression } from './expression';
import type { Fields } from './fields';
import type { Json, JsonObject } from './json';
import { compilePath } from './path';
import { compileReferencePath, type Placement } from './reference-path';
import { runtimeError } from './state-error';
import { compileTemplate } from './template';

/** InputPath, then Parameters where there are any: raw input to effective input. */
export function compileInput(fields: Fields): Expression {
  const path = compileFilter(fields, 'InputPath');
  const template = compileTemplateField(fields, 'Parameters');
  if (path === null) return template ?? ((input) => input);
  return template === null ? path : (input, context) => template(path(input, context), context);
}

/** Makes the output of a state from its raw input and the result of its work. */
export type OutputStage = (raw: Datum, result: Json, context: Json) => Datum;

/** ResultSelector, ResultPath, OutputPath: result to output. */
export function compileOutput(fields: Fields): OutputStage {
  const select = compileTemplateField(fields, 'ResultSelector');
  const place = compileResultPath(fields);
  const filter = compileFilter(fields, 'OutputPath');
  return (raw, result, context) => {
    const selected = select === null ? result : select(result, context);
    const placed = place(raw.value, selected);
    return outputDatum(raw, filter === null ? placed : filter(placed, context));
  };
}

/** ResultPath of a state or of a catcher; null throws the result away. */
export function compileResultPath(fields: Fields): Placement {
  const raw = fields.take('ResultPath');
  if (raw === null) return (input) => input;
  if (raw === undefined) return (_, result) => result;
  if (typeof raw !== 'string') return fields.refuse('ResultPath', 'must be a reference path or null');
  return compileReferencePath(raw, fields.place('ResultPath'));
}

/** InputPath or OutputPath: null gives `{}`; the answer is null where the field is absent. */
export function compileFilter(fields: Fields, name: 'InputPath' | 'OutputPath'): Expression | null {
  const raw = fields.take(name);
  if (raw === undefined) return null;
  if (raw === null) return () => ({});
  if (typeof raw !== 'string') return fields.refuse(name, 'must be a path or null');
  const path = compilePath(raw, fields.place(name));
  return (input, context) => {
    const value = path.read(input, context);
    if (value === undefined) throw runtimeError(`Invalid path '${raw}' : No results for path: ${raw}`);
    return value;
  };
}

export function compileTemplateField(fields: Fields, name: string): Expression | null {
  if (!fields.has(name)) return null;
  const template: JsonObject = fields.neededObject(name);
  return compileTemplate(template, fields.place(name));
}

/** Spares the text and the count where the output is the input itself. */
export function outputDatum(raw: Datum, value: Json): Datum {
  return value === raw.value ? raw : datum(value, 'The state returned a result');
}
