import { type Catcher, compileCatch } from './catch';
import { compileInput, compileOutput, type OutputStage } from './data-flow';
import type { Expression } from './expression';
import type { Fields } from './fields';
import type { Json, JsonObject } from './json';
import { compileRetry, Retries, type Retrier } from './retry';
import type { Position, State, Step } from './state';
import { StateError } from './state-error';
import type { Thread } from './thread';
import { compileTransition } from './transition';

/** The work itself: effective input to result. */
export type Work = (thread: Thread, input: Json, context: JsonObject, position: Position) => Promise<Json>;

interface WorkParts {
  name: string;
  type: 'Task' | 'Map' | 'Parallel';
  input: Expression;
  output: OutputStage;
  retriers: Retrier[];
  catchers: Catcher[];
  next: string | null;
  work: Work;
}

/** A Task, Map or Parallel: work that may fail, with Retry and Catch around it. */
export function compileWorkState(name: string, type: WorkParts['type'], fields: Fields, work: Work): State {
  const parts: WorkParts = {
    name,
    type,
    input: compileInput(fields),
    output: compileOutput(fields),
    retriers: compileRetry(fields),
    catchers: compileCatch(fields),
    next: compileTransition(fields),
    work,
  };
  const targets = parts.catchers.map((catcher) => catcher.next);
  if (parts.next !== null) targets.push(parts.next);
  return { name, type, targets, run: (thread, position) => runWork(parts, thread, position) };
}

async function runWork(parts: WorkParts, thread: Thread, position: Position): Promise<Step> {
  const { name, type, catchers, next } = parts;
  const raw = position.input;
  // A redrive goes on inside the state: AWS schedules its work again without a second StateEntered.
  if (!position.entered) thread.record(`${type}StateEntered`, { name, input: raw.text });
  position.entered = true;
  const enteredId = thread.lastEventId;
  const enteredTime = thread.enteredTime();
  const retries = new Retries(parts.retriers);
  for (;;) {
    try {
      const context = thread.context(name, enteredTime, retries.total);
      const result = await parts.work(thread, parts.input(raw.value, context), context, position);
      const output = parts.output(raw, result, context);
      thread.record(`${type}StateExited`, { name, output: output.text });
      return { next, output };
    } catch (thrown) {
      const error = asStateError(thrown).in(name, enteredId);
      const delayMs = retries.nextDelayMs(error.errorName, thread.run.clock);
      if (delayMs === null) {
        const catcher = catchers.find((one) => one.matches(error.errorName));
        if (catcher === undefined) throw error;
        const output = catcher.output(raw, error);
        thread.record(`${type}StateExited`, { name, output: output.text });
        return { next: catcher.next, output };
      }
      position.branches = null;
      await thread.sleep(delayMs);
    }
  }
}

/** What is no error of the machine passes by Retry and Catch: it was called off, or the interpreter is broken. */
function asStateError(thrown: unknown): StateError {
  if (thrown instanceof StateError) return thrown;
  throw thrown;
}
