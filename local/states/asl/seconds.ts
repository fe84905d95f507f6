import type { Fields } from './fields';
import type { Json } from './json';
import { compilePath } from './path';
import { runtimeError } from './state-error';

export type Seconds = (input: Json, context: Json) => number;

/** The longest time that a state may be given (Step Functions developer guide, Task and Wait). */
export const maxSeconds = 99_999_999;

/** `NAME`, a number of seconds, or `NAMEPath`, where it stands; null where there is neither. */
export function compileSeconds(fields: Fields, name: string, lowest: number): Seconds | null {
  const pathName = `${name}Path`;
  fields.notBoth(name, pathName);
  const fixed = fields.integer(name, lowest, maxSeconds);
  if (fixed !== undefined) return () => fixed;
  const text = fields.string(pathName);
  if (text === undefined) return null;
  return compileIntegerPath(text, fields.place(pathName), lowest, maxSeconds);
}

/** A path to an integer within bounds. */
export function compileIntegerPath(text: string, where: string, lowest: number, highest: number): Seconds {
  const path = compilePath(text, where);
  return (input, context) => {
    const value = path.read(input, context);
    if (typeof value !== 'number' || !Number.isInteger(value) || value < lowest || value > highest)
      throw runtimeError(`The path '${text}' must name an integer from ${lowest} to ${highest}.`);
    return value;
  };
}
