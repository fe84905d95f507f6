import { compileChoice } from './choice';
import { DefinitionError } from './definition-error';
import { compileFail, compileSucceed } from './ends';
import { Fields } from './fields';
import type { Json } from './json';
import { compileTask } from './lambda-task';
import { compileMap } from './map';
import { compileParallel } from './parallel';
import { compilePass } from './pass';
import type { Block, BlockCompiler, State } from './state';
import { compileWait } from './wait';

type StateCompiler = (name: string, fields: Fields, compileBlock: BlockCompiler) => State;

const compilers: ReadonlyMap<string, StateCompiler> = new Map<string, StateCompiler>([
  ['Task', compileTask],
  ['Map', compileMap],
  ['Parallel', compileParallel],
  ['Choice', compileChoice],
  ['Pass', compilePass],
  ['Wait', compileWait],
  ['Succeed', compileSucceed],
  ['Fail', compileFail],
]);

/** A state's name may have 80 characters (Step Functions developer guide, states language). */
const maxNameLength = 80;

/** A compiler for one machine: no name may stand for two states, at whatever depth. */
export function blockCompiler(): BlockCompiler {
  const names = new Set<string>();
  const compileBlock: BlockCompiler = (where, raw) => {
    if (typeof raw.startAt !== 'string')
      throw new DefinitionError(`${where}, field 'StartAt': must be a string`);
    const states = new Map<string, State>();
    const fields = new Fields(`${where}, field 'States'`, raw.states);
    for (const name of fields.names()) {
      if (names.has(name)) throw new DefinitionError(`state '${name}': another state has the same name`);
      names.add(name);
      states.set(name, compileState(name, fields.take(name)!, compileBlock));
    }
    const block = { startAt: raw.startAt, states };
    checkTargets(where, block);
    return block;
  };
  return compileBlock;
}

function compileState(name: string, raw: Json, compileBlock: BlockCompiler): State {
  const fields = new Fields(`state '${name}'`, raw);
  if (name === '' || name.length > maxNameLength)
    throw new DefinitionError(`${fields.where}: a name has 1 to ${maxNameLength} characters`);
  fields.string('Comment');
  checkQueryLanguage(fields);
  const type = fields.neededString('Type');
  const compile = compilers.get(type) ?? fields.refuse('Type', `'${type}' is not implemented here`);
  const state = compile(name, fields, compileBlock);
  fields.end();
  return state;
}

export function checkQueryLanguage(fields: Fields): void {
  const language = fields.string('QueryLanguage') ?? 'JSONPath';
  if (language !== 'JSONPath') fields.refuse('QueryLanguage', `'${language}' is not implemented here`);
}

/** Every transition must lead somewhere, and every state must be reachable, as AWS asks. */
function checkTargets(where: string, block: Block): void {
  const reached = new Set<string>();
  const open = [block.startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const state = block.states.get(name);
    if (state === undefined) throw new DefinitionError(`${where}: there is no state '${name}' to go to`);
    open.push(...state.targets);
  }
  for (const name of block.states.keys())
    if (!reached.has(name)) throw new DefinitionError(`state '${name}': no other state leads to it`);
}
