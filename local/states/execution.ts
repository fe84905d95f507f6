import { Cancellation } from './asl/cancellation';
import type { Clock } from './asl/clock';
import type { Datum } from './asl/datum';
import type { HistoryEvent, HistoryEventType } from './asl/history-event';
import type { JsonObject } from './asl/json';
import { runStates } from './asl/run-states';
import { type Position, startOf } from './asl/state';
import { StateError } from './asl/state-error';
import { type Run, Thread } from './asl/thread';
import type { ExecutionDescription, ExecutionStatus } from './execution-description';
import { History } from './history';
import type { LambdaInvoker } from './lambda-invoker';
import type { LoadedStateMachine } from './state-machine';

/** What executions need of the world. */
export interface Surroundings {
  readonly invoke: LambdaInvoker;
  readonly clock: Clock;
  readonly region: string;
  readonly onEvent: (executionArn: string, event: HistoryEvent) => void;
}

/** One execution, from its start over its redrives to its end. */
export class Execution {
  readonly arn: string;
  readonly name: string;
  readonly stateMachine: LoadedStateMachine;
  readonly input: Datum;
  readonly history = new History();
  readonly #surroundings: Surroundings;
  readonly #startMs: number;
  readonly #position: Position;
  #status: ExecutionStatus = 'RUNNING';
  #stop = new Cancellation();
  #stopMs: number | null = null;
  #output: string | null = null;
  #error: string | null = null;
  #cause: string | null = null;
  #redriveCount = 0;
  #redriveMs: number | null = null;
  #done: Promise<void> = Promise.resolve();

  constructor(name: string, stateMachine: LoadedStateMachine, input: Datum, surroundings: Surroundings) {
    this.arn = `${stateMachine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
    this.name = name;
    this.stateMachine = stateMachine;
    this.input = input;
    this.#surroundings = surroundings;
    this.#startMs = surroundings.clock.nowMs();
    this.#position = startOf(stateMachine.machine.block, input);
  }

  get status(): ExecutionStatus {
    return this.#status;
  }

  start(): void {
    const details = { input: this.input.text, roleArn: this.stateMachine.roleArn };
    this.#launch('ExecutionStarted', 0, details);
  }

  /** Goes on from the state that failed, with the same input; of a Map, only with iterations that are not done. */
  redrive(): void {
    this.#redriveCount += 1;
    this.#redriveMs = this.#surroundings.clock.nowMs();
    this.#status = 'RUNNING';
    this.#stopMs = this.#output = this.#error = this.#cause = null;
    this.#stop = new Cancellation();
    const last = this.history.events.length;
    this.#launch('ExecutionRedriven', last, { redriveCount: this.#redriveCount });
  }

  /** Ends as ABORTED; nothing starts any more, and running invocations get their abort signal. */
  abort(error: string | null, cause: string | null): void {
    this.#end('ABORTED', 'ExecutionAborted', this.history.events.length, error, cause);
  }

  /** Resolves when the execution has ended and nothing of it runs any more. */
  async finished(): Promise<ExecutionDescription> {
    await this.#done;
    return this.describe();
  }

  describe(): ExecutionDescription {
    return {
      executionArn: this.arn,
      stateMachineArn: this.stateMachine.arn,
      name: this.name,
      status: this.#status,
      startMs: this.#startMs,
      stopMs: this.#stopMs,
      input: this.input.text,
      output: this.#output,
      error: this.#error,
      cause: this.#cause,
      notRedrivable: this.#notRedrivable(),
      redriveCount: this.#redriveCount,
      redriveMs: this.#redriveMs,
    };
  }

  #notRedrivable(): string | null {
    if (this.#status === 'RUNNING' || this.#status === 'SUCCEEDED')
      return `Execution is ${this.#status} and cannot be redriven`;
    return this.history.full ? 'Execution history event limit exceeded' : null;
  }

  #launch(type: HistoryEventType, previousEventId: number, details: JsonObject): void {
    const stop = this.#stop;
    const before = this.#done;
    const id = this.#append(type, previousEventId, details);
    const { timeoutSeconds } = this.stateMachine.machine;
    const callOff =
      timeoutSeconds === null
        ? () => {}
        : this.#surroundings.clock.after(timeoutSeconds * 1000, () => this.#timeOut(stop));
    // Not before what an earlier attempt left behind has let go of the position.
    this.#done = before.then(() => this.#run(new Thread(this.#runOf(stop), stop, id))).finally(callOff);
  }

  async #run(thread: Thread): Promise<void> {
    try {
      const output = await runStates(this.stateMachine.machine.block, thread, this.#position);
      this.#output = output.text;
      this.#end('SUCCEEDED', 'ExecutionSucceeded', thread.lastEventId, null, null);
    } catch (thrown) {
      // Called off: its end has been written, and a redrive may be under way already.
      if (thread.stop.reason !== null) return;
      const { errorName, cause } = thrown instanceof StateError ? thrown : brokenDown(thrown);
      this.#end('FAILED', 'ExecutionFailed', thread.lastEventId, errorName, cause);
    }
  }

  #timeOut(stop: Cancellation): void {
    if (stop.reason !== null) return;
    this.#end('TIMED_OUT', 'ExecutionTimedOut', this.history.events.length, 'States.Timeout', null);
  }

  #end(
    status: ExecutionStatus,
    type: HistoryEventType,
    previousEventId: number,
    error: string | null,
    cause: string | null,
  ): void {
    if (this.#status !== 'RUNNING') return;
    this.#status = status;
    this.#stopMs = this.#surroundings.clock.nowMs();
    this.#error = error || null;
    this.#cause = cause || null;
    const details: JsonObject = {};
    if (this.#output !== null) details.output = this.#output;
    if (this.#error !== null) details.error = this.#error;
    if (this.#cause !== null) details.cause = this.#cause;
    this.#append(type, previousEventId, details);
    this.#stop.cancel('execution');
  }

  #runOf(stop: Cancellation): Run {
    const { invoke, clock, region } = this.#surroundings;
    const { stateMachine } = this;
    const execution: JsonObject = {
      Id: this.arn,
      Input: this.input.value,
      Name: this.name,
      RoleArn: stateMachine.roleArn,
      StartTime: new Date(this.#startMs).toISOString(),
      RedriveCount: this.#redriveCount,
    };
    if (this.#redriveMs !== null) execution.RedriveTime = new Date(this.#redriveMs).toISOString();
    return {
      invoke,
      clock,
      region,
      execution,
      stateMachine: { Id: stateMachine.arn, Name: stateMachine.name },
      record: (type, previousEventId, details) => {
        // What was under way when the execution ended leaves no trace after its last event.
        stop.check();
        return this.#append(type, previousEventId, details);
      },
    };
  }

  #append(type: HistoryEventType, previousEventId: number, details: JsonObject | null): number {
    const event = this.history.append(type, previousEventId, this.#surroundings.clock.nowMs(), details);
    this.#surroundings.onEvent(this.arn, event);
    return event.id;
  }
}

/** No error of the machine but of what runs it: it must end the execution, and nothing may catch it. */
function brokenDown(thrown: unknown): StateError {
  return new StateError('States.Runtime', thrown instanceof Error ? thrown.message : String(thrown));
}
