import { DefinitionError } from './definition-error';

export type Segment =
  | { kind: 'name'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'wildcard' }
  | { kind: 'slice'; from: number | null; to: number | null; step: number }
  | { kind: 'descendants' };

export interface ParsedPath {
  text: string;
  root: 'input' | 'context';
  segments: Segment[];
  /** A definite path names one value; any other gives an array of all that it finds. */
  definite: boolean;
}

const dotName = /[\p{L}\p{N}_-]+/uy;
const bracketIndex = /\[\s*(-?\d+)\s*\]/y;
const bracketSlice = /\[\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(\d+)\s*)?\]/y;
const bracketName = /\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*\]/y;

/** Reads the part of JSONPath that is implemented; filters, unions, functions and variables are refused. */
export function parsePath(text: string, where: string): ParsedPath {
  const root = text.startsWith('$$') ? 'context' : 'input';
  if (!text.startsWith('$')) refuse(where, text, 'a path starts with $');
  const segments: Segment[] = [];
  let at = root === 'context' ? 2 : 1;
  while (at < text.length) at = readSegment(text, at, segments, where);
  if (segments.at(-1)?.kind === 'descendants') refuse(where, text, 'nothing follows ..');
  return { text, root, segments, definite: segments.every((s) => s.kind === 'name' || s.kind === 'index') };
}

function readSegment(text: string, at: number, segments: Segment[], where: string): number {
  if (text.startsWith('..', at)) {
    segments.push({ kind: 'descendants' });
    return text[at + 2] === '[' ? at + 2 : readDotted(text, at + 2, segments, where);
  }
  if (text[at] === '.') return readDotted(text, at + 1, segments, where);
  if (text[at] === '[') return readBracketed(text, at, segments, where);
  if (at === 1) return refuse(where, text, 'variables are not implemented here');
  return refuse(where, text, `unexpected character at position ${at}`);
}

function readDotted(text: string, at: number, segments: Segment[], where: string): number {
  if (text[at] === '*') {
    segments.push({ kind: 'wildcard' });
    return at + 1;
  }
  const name = matchAt(dotName, text, at)?.[0];
  if (name === undefined) return refuse(where, text, `a name is missing at position ${at}`);
  if (text[at + name.length] === '(') refuse(where, text, 'JSONPath functions are not implemented here');
  segments.push({ kind: 'name', name });
  return at + name.length;
}

function readBracketed(text: string, at: number, segments: Segment[], where: string): number {
  if (text.startsWith('[*]', at)) {
    segments.push({ kind: 'wildcard' });
    return at + 3;
  }
  if (text.startsWith('[?', at)) refuse(where, text, 'JSONPath filters are not implemented here');
  const name = matchAt(bracketName, text, at);
  if (name) {
    const quoted = name[1] ?? name[2] ?? '';
    segments.push({ kind: 'name', name: quoted.replaceAll(/\\(.)/gs, '$1') });
    return at + name[0].length;
  }
  const index = matchAt(bracketIndex, text, at);
  if (index) {
    segments.push({ kind: 'index', index: Number(index[1]) });
    return at + index[0].length;
  }
  const slice = matchAt(bracketSlice, text, at);
  if (!slice) return refuse(where, text, `what stands in [ ] at position ${at} is not implemented here`);
  const step = Number(slice[3] ?? 1);
  if (step === 0) refuse(where, text, 'the step of a slice cannot be 0');
  segments.push({ kind: 'slice', from: numberOrNull(slice[1]), to: numberOrNull(slice[2]), step });
  return at + slice[0].length;
}

function numberOrNull(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function refuse(where: string, text: string, why: string): never {
  throw new DefinitionError(`${where}: path '${text}': ${why}`);
}
