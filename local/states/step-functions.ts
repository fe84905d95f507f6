import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './asl/clock';
import { type Datum, exceedsDataLimit } from './asl/datum';
import type { HistoryEvent } from './asl/history-event';
import type { Json } from './asl/json';
import { Execution, type Surroundings } from './execution';
import type { ExecutionDescription, ExecutionStatus } from './execution-description';
import { checkExecutionName } from './execution-name';
import type { LambdaInvoker } from './lambda-invoker';
import { ServiceError } from './service-error';
import { type LoadedStateMachine, loadStateMachine, type StateMachineSpec } from './state-machine';

export interface StepFunctionsOptions {
  machines: StateMachineSpec[];
  invoke: LambdaInvoker;
  region: string;
  accountId: string;
  /** @default the machine's own time */
  clock?: Clock;
}

export interface ExecutionEvent {
  executionArn: string;
  event: HistoryEvent;
}

/** Step Functions on one machine: STANDARD state machines, their executions kept in memory. */
export class StepFunctions {
  readonly #machines = new Map<string, LoadedStateMachine>();
  readonly #executions = new Map<string, Execution>();
  readonly #listeners = new Set<(event: ExecutionEvent) => void>();
  readonly #surroundings: Surroundings;

  /** Throws a DefinitionError where a definition asks for what is not implemented. */
  constructor({ machines, invoke, region, accountId, clock = systemClock }: StepFunctionsOptions) {
    const onEvent = (executionArn: string, event: HistoryEvent) => {
      for (const listener of this.#listeners) listener({ executionArn, event });
    };
    this.#surroundings = { invoke, clock, region, onEvent };
    for (const spec of machines) {
      if (!spec.arn.endsWith(`:states:${region}:${accountId}:stateMachine:${spec.name}`))
        throw new Error(`${spec.arn} is no state machine '${spec.name}' of ${accountId} in ${region}`);
      this.#machines.set(spec.arn, loadStateMachine(spec, clock.nowMs()));
    }
  }

  /** Starts an execution, or finds the running one that was started with the same name and input. */
  start(request: { stateMachineArn: string; name?: string; input?: string }): ExecutionDescription {
    const machine = this.machine(request.stateMachineArn);
    const name = request.name ?? randomUUID();
    checkExecutionName(name);
    const input = parseInput(request.input ?? '{}');
    const execution = new Execution(name, machine, input, this.#surroundings);
    const known = this.#executions.get(execution.arn);
    if (known !== undefined) {
      if (known.status === 'RUNNING' && known.input.text === input.text) return known.describe();
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${execution.arn}'`);
    }
    this.#executions.set(execution.arn, execution);
    execution.start();
    return execution.describe();
  }

  describe(executionArn: string): ExecutionDescription {
    return this.#execution(executionArn).describe();
  }

  /** Resolves when the execution has ended, in whatever way. */
  finished(executionArn: string): Promise<ExecutionDescription> {
    return this.#execution(executionArn).finished();
  }

  /** Aborts a running execution; one that has ended stays as it is. */
  stop(executionArn: string, why: { error?: string; cause?: string } = {}): ExecutionDescription {
    const execution = this.#execution(executionArn);
    execution.abort(why.error ?? null, why.cause ?? null);
    return execution.describe();
  }

  redrive(executionArn: string): ExecutionDescription {
    const execution = this.#execution(executionArn);
    const { notRedrivable } = execution.describe();
    if (notRedrivable !== null) throw new ServiceError('ExecutionNotRedrivable', notRedrivable);
    execution.redrive();
    return execution.describe();
  }

  /** Every event so far, the first one first. */
  history(executionArn: string): readonly HistoryEvent[] {
    return this.#execution(executionArn).history.events;
  }

  /** Newest first. */
  list(stateMachineArn: string, status?: ExecutionStatus): ExecutionDescription[] {
    this.machine(stateMachineArn);
    return [...this.#executions.values()]
      .filter((one) => one.stateMachine.arn === stateMachineArn && (!status || one.status === status))
      .map((one) => one.describe())
      .reverse();
  }

  machines(): LoadedStateMachine[] {
    return [...this.#machines.values()];
  }

  machine(arn: string): LoadedStateMachine {
    const machine = this.#machines.get(arn);
    if (machine !== undefined) return machine;
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  }

  /** Calls `listener` for every event of every execution, in order; it must not throw. The answer ends that. */
  on(listener: (event: ExecutionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Aborts what still runs and waits until nothing does. */
  async close(): Promise<void> {
    const executions = [...this.#executions.values()];
    for (const execution of executions) execution.abort(null, 'The service is closing.');
    await Promise.all(executions.map((execution) => execution.finished()));
  }

  #execution(arn: string): Execution {
    const execution = this.#executions.get(arn);
    if (execution !== undefined) return execution;
    throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  }
}

function parseInput(text: string): Datum {
  if (exceedsDataLimit(text))
    throw new ServiceError('InvalidExecutionInput', 'The input is larger than 256 KiB');
  try {
    return { value: JSON.parse(text) as Json, text };
  } catch {
    throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: it is no JSON');
  }
}
