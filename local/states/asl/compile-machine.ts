import { blockCompiler, checkQueryLanguage } from './compile-block';
import { DefinitionError } from './definition-error';
import { Fields } from './fields';
import type { Json } from './json';
import { maxSeconds } from './seconds';
import type { Block } from './state';

/** A definition, compiled once: paths and templates are parsed, and everything unknown has been refused. */
export interface Machine {
  readonly block: Block;
  /** Null where an execution may take as long as it likes. */
  readonly timeoutSeconds: number | null;
}

/** Throws a DefinitionError that names state and field where the definition asks for what is not implemented. */
export function compileMachine(definition: string): Machine {
  const where = 'state machine';
  const fields = new Fields(where, parse(definition));
  fields.string('Comment');
  const version = fields.string('Version') ?? '1.0';
  if (version !== '1.0') fields.refuse('Version', `'${version}' is not implemented here`);
  checkQueryLanguage(fields);
  const timeoutSeconds = fields.integer('TimeoutSeconds', 1, maxSeconds) ?? null;
  const block = blockCompiler()(where, { startAt: fields.take('StartAt'), states: fields.take('States') });
  fields.end();
  return { block, timeoutSeconds };
}

function parse(definition: string): Json {
  try {
    return JSON.parse(definition) as Json;
  } catch (error) {
    throw new DefinitionError(`the definition is no JSON: ${(error as Error).message}`);
  }
}
