import type { Datum } from './datum';
import { StateError } from './state-error';
import type { Block, Position } from './state';
import type { Thread } from './thread';

/** Runs states one after the other from `position`, which it moves along; resolves with the last output. */
export async function runStates(block: Block, thread: Thread, position: Position): Promise<Datum> {
  for (;;) {
    thread.stop.check();
    const state = block.states.get(position.state);
    if (state === undefined) throw new StateError('States.Runtime', `There is no state '${position.state}'.`);
    const step = await state.run(thread, position);
    position.branches = null;
    position.entered = false;
    if (step.next === null) {
      position.output = step.output;
      return step.output;
    }
    position.state = step.next;
    position.input = step.output;
  }
}
