import { DefinitionError } from './definition-error';
import { isObject, type Json, put } from './json';
import { parsePath, type Segment } from './path-parse';
import { StateError } from './state-error';

/** Places a result in a copy of the input: what ResultPath does. */
export type Placement = (input: Json, result: Json) => Json;

export function compileReferencePath(text: string, where: string): Placement {
  const path = parsePath(text, where);
  if (path.root !== 'input' || !path.definite)
    throw new DefinitionError(`${where}: '${text}' is no reference path of the input`);
  if (path.segments.some((s) => s.kind === 'index' && s.index < 0))
    throw new DefinitionError(`${where}: '${text}' counts from the end, which a reference path cannot`);
  const { segments } = path;
  return segments.length === 0
    ? (_, result) => result
    : (input, result) => place(input, segments, 0, result, text);
}

function place(target: Json | undefined, segments: Segment[], at: number, result: Json, text: string): Json {
  const segment = segments[at];
  if (segment === undefined) return result;
  if (segment.kind === 'name' && (target === undefined || isObject(target))) {
    const inner = target && Object.hasOwn(target, segment.name) ? target[segment.name] : undefined;
    const copy = { ...target };
    put(copy, segment.name, place(inner, segments, at + 1, result, text));
    return copy;
  }
  if (segment.kind === 'index' && Array.isArray(target) && segment.index < target.length)
    return target.with(segment.index, place(target[segment.index], segments, at + 1, result, text));
  throw new StateError(
    'States.ResultPathMatchFailure',
    `Unable to apply ReferencePath ${text} to the input`,
    true,
  );
}
