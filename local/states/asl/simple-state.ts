import type { HistoryEventType } from './history-event';
import type { JsonObject } from './json';
import type { Position, State, Step } from './state';
import { StateError } from './state-error';
import type { Thread } from './thread';

interface SimpleState {
  name: string;
  type: 'Choice' | 'Pass' | 'Wait' | 'Succeed' | 'Fail';
  targets: string[];
  step: (thread: Thread, position: Position, context: JsonObject) => Promise<Step> | Step;
}

/** A state without Retry and Catch: entered, one step, exited. */
export function simpleState({ name, type, targets, step }: SimpleState): State {
  const run = async (thread: Thread, position: Position): Promise<Step> => {
    const enteredId = thread.record(`${type}StateEntered`, { name, input: position.input.text });
    const context = thread.context(name, thread.enteredTime(), 0);
    let taken: Step;
    try {
      const pending = step(thread, position, context);
      taken = pending instanceof Promise ? await pending : pending;
    } catch (error) {
      throw error instanceof StateError ? error.in(name, enteredId) : error;
    }
    const exited: HistoryEventType = `${type}StateExited`;
    thread.record(exited, { name, output: taken.output.text });
    return taken;
  };
  return { name, type, targets, run };
}
