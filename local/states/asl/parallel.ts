import { recordAbortedState } from './abort-branch';
import { Stopped } from './cancellation';
import { datum } from './datum';
import { fanOut } from './fan-out';
import { Fields } from './fields';
import type { Json } from './json';
import { runStates } from './run-states';
import { type Block, type BlockCompiler, type Position, type State, startOf } from './state';
import type { Thread } from './thread';
import { compileWorkState } from './work-state';

export function compileParallel(name: string, fields: Fields, compileBlock: BlockCompiler): State {
  const raw = fields.array('Branches') ?? fields.refuse('Branches', 'is needed');
  if (raw.length === 0) fields.refuse('Branches', 'must hold a branch');
  const blocks = raw.map((one, i) => {
    const branch = new Fields(`${fields.place('Branches')}[${i}]`, one);
    branch.string('Comment');
    const block = compileBlock(fields.where, {
      startAt: branch.take('StartAt'),
      states: branch.take('States'),
    });
    branch.end();
    return block;
  });
  return compileWorkState(name, 'Parallel', fields, (thread, input, _context, position) =>
    runBranches(thread, blocks, input, position),
  );
}

async function runBranches(thread: Thread, blocks: Block[], input: Json, position: Position): Promise<Json> {
  if (position.branches === null) thread.record('ParallelStateStarted');
  const branches = (position.branches ??= Array.from<Position | undefined>({ length: blocks.length }));
  const given =
    input === position.input.value ? position.input : datum(input, 'The branches were given an input');
  let last = thread;
  let failed = thread;
  const run = async (index: number, stop: Thread['stop']) => {
    const block = blocks[index]!;
    const place = (branches[index] ??= startOf(block, given));
    if (place.output) return;
    const branch = thread.branch(stop, null);
    try {
      await runStates(block, branch, place);
      last = branch;
    } catch (error) {
      if (error instanceof Stopped && error.reason === 'sibling') recordAbortedState(block, branch, place);
      else failed = branch;
      throw error;
    }
  };
  const onFailure = () => {
    thread.lastEventId = failed.lastEventId;
    thread.record('ParallelStateFailed');
  };
  await fanOut(thread, { count: blocks.length, limit: blocks.length, run, onFailure });
  thread.lastEventId = last.lastEventId;
  thread.record('ParallelStateSucceeded');
  return branches.map((branch) => branch!.output!.value);
}
