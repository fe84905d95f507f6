import type { Datum } from './datum';
import type { StateType } from './history-event';
import type { Json } from './json';
import type { Thread } from './thread';

/** How far a line of states has come: all that a redrive needs to go on from where it failed. */
export interface Position {
  state: string;
  input: Datum;
  /** One for each iteration of a Map or branch of a Parallel that began; null while there is none. */
  branches: (Position | undefined)[] | null;
  /** The output of the last state, once it is there. */
  output: Datum | null;
  /** True once the history says that the state was entered. */
  entered: boolean;
}

export interface Step {
  /** Null after the last state. */
  next: string | null;
  output: Datum;
}

export interface State {
  readonly name: string;
  readonly type: StateType;
  /** Every state that may follow. */
  readonly targets: readonly string[];
  run(thread: Thread, position: Position): Promise<Step> | Step;
}

/** A line of states: a whole machine, the iteration of a Map or a branch of a Parallel. */
export interface Block {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** Compiles the block inside a state; `where` says which. */
export type BlockCompiler = (
  where: string,
  raw: { startAt: Json | undefined; states: Json | undefined },
) => Block;

export function startOf(block: Block, input: Datum): Position {
  return { state: block.startAt, input, branches: null, output: null, entered: false };
}
