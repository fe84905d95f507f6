import { refuse } from './request-error';
import { KiB } from './sizes';

/** A request is written by hand: deeper or larger than this is a mistake or an attack. */
const maxDepth = 16;
const maxBytes = 64 * KiB;

/** Parses a request's text; the size is checked before, depth and names after. */
export function parseJsonWithinLimits(text: string): unknown {
  if (Buffer.byteLength(text) > maxBytes) refuseSize();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    refuse('$', `is not JSON (${(error as Error).message.slice(0, 200)})`, '{}');
  }
  refuseBeyondLimits(value);
  return value;
}

/** Checks a value that somebody else parsed. */
export function refuseBeyondLimits(value: unknown): void {
  refuseDepthAndNames(value);
  if (Buffer.byteLength(JSON.stringify(value) ?? '') > maxBytes) refuseSize();
}

// A loop, not recursion: JSON.parse accepts a depth that recursion does not survive.
function refuseDepthAndNames(root: unknown): void {
  const pending: { value: unknown; path: string; depth: number }[] = [{ value: root, path: '$', depth: 1 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, path, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > maxDepth) refuse('$', `is nested deeper than ${maxDepth}`, 'a flat object of fields');
    for (const key of Object.keys(value)) {
      const childPath = Array.isArray(value) ? `${path}[${key}]` : path === '$' ? key : `${path}.${key}`;
      if (key === '__proto__') refuse(childPath.slice(0, 200), 'is not a field', 'the request without it');
      pending.push({ value: (value as Record<string, unknown>)[key], path: childPath, depth: depth + 1 });
    }
  }
}

function refuseSize(): never {
  refuse('$', `is larger than ${maxBytes / KiB} KiB`, 'a "prefix" in place of many "keys"');
}
