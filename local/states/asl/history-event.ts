import type { JsonObject } from './json';

export type StateType = 'Task' | 'Map' | 'Parallel' | 'Choice' | 'Pass' | 'Wait' | 'Succeed' | 'Fail';

/** The event types of GetExecutionHistory that this interpreter writes. */
export type HistoryEventType =
  | `${StateType}State${'Entered' | 'Exited'}`
  | `${'Task' | 'Map' | 'Parallel' | 'Wait'}StateAborted`
  | `${'Map' | 'Parallel'}State${'Started' | 'Succeeded' | 'Failed'}`
  | `MapIteration${'Started' | 'Succeeded' | 'Failed' | 'Aborted'}`
  | `Task${'Scheduled' | 'Started' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `Execution${'Started' | 'Succeeded' | 'Failed' | 'Aborted' | 'TimedOut' | 'Redriven'}`;

export interface HistoryEvent {
  /** 1 for the first event of an execution. */
  readonly id: number;
  /** 0 where nothing came before. */
  readonly previousEventId: number;
  readonly type: HistoryEventType;
  readonly timestampMs: number;
  /** The `…EventDetails` of the API, named by the type. */
  readonly details: JsonObject | null;
}

/** Where the interpreter writes what happens; the answer is the event's id. */
export type Recorder = (
  type: HistoryEventType,
  previousEventId: number,
  details: JsonObject | null,
) => number;
