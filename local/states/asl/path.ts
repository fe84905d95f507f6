import { DefinitionError } from './definition-error';
import type { Json } from './json';
import { type ParsedPath, parsePath } from './path-parse';
import { readPath } from './path-read';

/** A compiled path; `read` gives undefined where the path names nothing. */
export interface Path {
  readonly text: string;
  read(input: Json, context: Json): Json | undefined;
}

export function compilePath(text: string, where: string): Path {
  const parsed = parsePath(text, where);
  if (parsed.root === 'input') return { text, read: (input) => readPath(parsed, input) };
  checkContextPath(parsed, where);
  return { text, read: (_, context) => readPath(parsed, context) };
}

/** What the context object holds here; null where anything may follow. */
const contextFields: Record<string, string[]> = {
  Execution: ['Id', 'Input', 'Name', 'RoleArn', 'StartTime', 'RedriveCount', 'RedriveTime'],
  State: ['EnteredTime', 'Name', 'RetryCount'],
  StateMachine: ['Id', 'Name'],
  Map: ['Item'],
};

function checkContextPath(path: ParsedPath, where: string): void {
  const [first, second, third] = path.segments.map((s) => (s.kind === 'name' ? s.name : null));
  if (first === undefined) return;
  const known = first !== null && Object.hasOwn(contextFields, first) ? contextFields[first]! : null;
  const wrongSecond = second !== undefined && !known?.includes(second ?? '');
  const wrongThird = first === 'Map' && third !== undefined && third !== 'Index' && third !== 'Value';
  if (known === null || wrongSecond || wrongThird)
    throw new DefinitionError(`${where}: context path '${path.text}' is not implemented here`);
}
