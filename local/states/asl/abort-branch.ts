import type { Block, Position } from './state';
import type { Thread } from './thread';

/** Writes that a state was called off because a sibling failed. */
export function recordAbortedState(block: Block, thread: Thread, position: Position): void {
  const type = block.states.get(position.state)?.type;
  if (type === 'Task' || type === 'Map' || type === 'Parallel' || type === 'Wait')
    thread.record(`${type}StateAborted`);
}
