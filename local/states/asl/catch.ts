import { compileResultPath, outputDatum } from './data-flow';
import type { Datum } from './datum';
import { compileErrorMatch, type ErrorMatch } from './error-match';
import { Fields } from './fields';
import type { StateError } from './state-error';

export interface Catcher {
  readonly matches: ErrorMatch;
  readonly next: string;
  output(raw: Datum, error: StateError): Datum;
}

export function compileCatch(fields: Fields): Catcher[] {
  const raw = fields.array('Catch') ?? [];
  return raw.map((one, i) =>
    compileCatcher(new Fields(`${fields.place('Catch')}[${i}]`, one), i === raw.length - 1),
  );
}

function compileCatcher(fields: Fields, last: boolean): Catcher {
  fields.string('Comment');
  const matches = compileErrorMatch(fields, last);
  const next = fields.neededString('Next');
  const place = compileResultPath(fields);
  fields.end();
  const output = (raw: Datum, error: StateError) =>
    outputDatum(raw, place(raw.value, { Error: error.errorName, Cause: error.cause }));
  return { matches, next, output };
}
