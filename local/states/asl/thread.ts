import type { LambdaInvoker } from '../lambda-invoker';
import type { Cancellation } from './cancellation';
import type { Clock } from './clock';
import type { HistoryEventType, Recorder } from './history-event';
import type { Json, JsonObject } from './json';

/** What all lines of control of one execution share. */
export interface Run {
  readonly invoke: LambdaInvoker;
  readonly clock: Clock;
  readonly record: Recorder;
  readonly region: string;
  /** `$$.Execution` and `$$.StateMachine`. */
  readonly execution: JsonObject;
  readonly stateMachine: JsonObject;
}

/** One line of control: the execution itself, an iteration of a Map, a branch of a Parallel. */
export class Thread {
  readonly run: Run;
  readonly stop: Cancellation;
  readonly #map: JsonObject | null;
  lastEventId: number;

  constructor(run: Run, stop: Cancellation, lastEventId: number, map: JsonObject | null = null) {
    this.run = run;
    this.stop = stop;
    this.lastEventId = lastEventId;
    this.#map = map;
  }

  /** A line of control that begins here; `map` is its `$$.Map`, or this one's where it has none. */
  branch(stop: Cancellation, map: JsonObject | null): Thread {
    return new Thread(this.run, stop, this.lastEventId, map ?? this.#map);
  }

  record(type: HistoryEventType, details: JsonObject | null = null): number {
    this.lastEventId = this.run.record(type, this.lastEventId, details);
    return this.lastEventId;
  }

  /** The context object, `$$`. */
  context(stateName: string, enteredTime: string, retryCount: number): JsonObject {
    const { execution, stateMachine } = this.run;
    const State: Json = { EnteredTime: enteredTime, Name: stateName, RetryCount: retryCount };
    const context: JsonObject = { Execution: execution, StateMachine: stateMachine, State };
    if (this.#map !== null) context.Map = this.#map;
    return context;
  }

  enteredTime(): string {
    return new Date(this.run.clock.nowMs()).toISOString();
  }

  /** Resolves after `delayMs`; rejects at once when the work is called off. */
  async sleep(delayMs: number): Promise<void> {
    this.stop.check();
    await new Promise<void>((resolve) => {
      const off = this.stop.onCancel(() => {
        callOff();
        resolve();
      });
      const callOff = this.run.clock.after(delayMs, () => {
        off();
        resolve();
      });
    });
    this.stop.check();
  }
}
