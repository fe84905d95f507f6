import { recordAbortedState } from './abort-branch';
import { Stopped } from './cancellation';
import type { Datum } from './datum';
import { fanOut } from './fan-out';
import type { Json, JsonObject } from './json';
import { runStates } from './run-states';
import { type Block, type Position, startOf } from './state';
import type { Thread } from './thread';

export interface Iterations {
  /** Of the Map state. */
  name: string;
  block: Block;
  count: number;
  limit: number;
  /** `$$.Map` of an iteration. */
  contextOf(index: number): JsonObject;
  inputOf(index: number, map: JsonObject): Datum;
}

/** Runs the iterations that `position` does not yet know as done; resolves with all outputs in order of the items. */
export async function runIterations(thread: Thread, map: Iterations, position: Position): Promise<Json> {
  const { name, count, limit } = map;
  if (position.branches === null) thread.record('MapStateStarted', { length: count });
  const branches = (position.branches ??= Array.from<Position | undefined>({ length: count }));
  const entryId = thread.lastEventId;
  let lastId = entryId;
  const failedAt = new Map<number, Thread>();
  const run = async (index: number, stop: Thread['stop']) => {
    const known = branches[index];
    if (known?.output) return;
    const context = map.contextOf(index);
    const branch = thread.branch(stop, context);
    branch.record('MapIterationStarted', { name, index });
    try {
      const place = (branches[index] = known ?? startOf(map.block, map.inputOf(index, context)));
      await runStates(map.block, branch, place);
    } catch (error) {
      if (error instanceof Stopped && error.reason === 'sibling') recordAborted(map, branch, branches, index);
      else failedAt.set(index, branch);
      throw error;
    }
    lastId = branch.record('MapIterationSucceeded', { name, index });
  };
  const onFailure = (index: number) => {
    thread.lastEventId = failedAt.get(index)?.lastEventId ?? entryId;
    thread.record('MapIterationFailed', { name, index });
    thread.record('MapStateFailed');
  };
  await fanOut(thread, { count, limit, run, onFailure });
  thread.lastEventId = lastId;
  thread.record('MapStateSucceeded');
  return branches.map((branch) => branch!.output!.value);
}

function recordAborted(
  map: Iterations,
  branch: Thread,
  branches: (Position | undefined)[],
  index: number,
): void {
  branch.record('MapIterationAborted', { name: map.name, index });
  const place = branches[index];
  if (place !== undefined) recordAbortedState(map.block, branch, place);
}
