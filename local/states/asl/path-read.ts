import { isObject, type Json } from './json';
import type { ParsedPath, Segment } from './path-parse';

/** The value that the path names, or undefined where there is none. */
export function readPath(path: ParsedPath, root: Json): Json | undefined {
  if (!path.definite) return readAll(path.segments, root);
  let value: Json | undefined = root;
  for (const segment of path.segments) {
    value = segment.kind === 'name' ? member(value, segment.name) : element(value, segment);
    if (value === undefined) return undefined;
  }
  return value;
}

function readAll(segments: Segment[], root: Json): Json[] {
  let found: Json[] = [root];
  for (const segment of segments) found = found.flatMap((value) => step(segment, value));
  return found;
}

function step(segment: Segment, value: Json): Json[] {
  switch (segment.kind) {
    case 'name':
      return present(member(value, segment.name));
    case 'index':
      return present(element(value, segment));
    case 'wildcard':
      return children(value);
    case 'slice':
      return slice(segment, value);
    default:
      return withDescendants(value);
  }
}

function member(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function element(value: Json | undefined, segment: Segment): Json | undefined {
  return Array.isArray(value) && segment.kind === 'index' ? value.at(segment.index) : undefined;
}

function present(value: Json | undefined): Json[] {
  return value === undefined ? [] : [value];
}

function children(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function slice(bounds: Extract<Segment, { kind: 'slice' }>, value: Json): Json[] {
  if (!Array.isArray(value)) return [];
  const cut = value.slice(bounds.from ?? 0, bounds.to ?? value.length);
  return bounds.step === 1 ? cut : cut.filter((_, i) => i % bounds.step === 0);
}

function withDescendants(value: Json): Json[] {
  return [value, ...children(value).flatMap(withDescendants)];
}
