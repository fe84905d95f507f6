import type { Clock } from '../../../local/states/asl/clock';
import type { HistoryEvent } from '../../../local/states/asl/history-event';
import type { ExecutionDescription } from '../../../local/states/execution-description';
import type { LambdaInvoker } from '../../../local/states/lambda-invoker';
import { StepFunctions } from '../../../local/states/step-functions';

export const place = { region: 'us-east-1', accountId: '123456789012' };
export const machineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:Test';

/** Answers with its payload. */
export const echo: LambdaInvoker = (_name, payload) => Promise.resolve(payload);

export interface Finished extends ExecutionDescription {
  events: readonly HistoryEvent[];
  types: string[];
  /** The parsed output, undefined where there is none. */
  result: unknown;
}

export function serve(definition: object, invoke: LambdaInvoker = echo, clock?: Clock): StepFunctions {
  const spec = {
    name: 'Test',
    arn: machineArn,
    roleArn: 'arn:aws:iam::123456789012:role/Test',
    definition: JSON.stringify(definition),
  };
  return new StepFunctions({ machines: [spec], invoke, ...place, ...(clock && { clock }) });
}

/** Runs a machine to its end. */
export async function runMachine(
  definition: object,
  input: unknown = {},
  invoke: LambdaInvoker = echo,
  clock?: Clock,
): Promise<Finished> {
  const service = serve(definition, invoke, clock);
  const { executionArn } = service.start({ stateMachineArn: machineArn, input: JSON.stringify(input) });
  return await finish(service, executionArn);
}

export async function finish(service: StepFunctions, executionArn: string): Promise<Finished> {
  const description = await service.finished(executionArn);
  const events = service.history(executionArn);
  const result: unknown = description.output === null ? undefined : JSON.parse(description.output);
  return { ...description, events, types: events.map((event) => event.type), result };
}

/** A machine of one state, which is its end. */
export function one(state: object): object {
  return { StartAt: 'Only', States: { Only: { End: true, ...state } } };
}

/** A Task state that invokes `functionName` with its whole input. */
export function task(more: object = {}, functionName = 'f'): object {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: functionName, 'Payload.$': '$' },
    OutputPath: '$.Payload',
    ...more,
  };
}

/** A Map state over its input with `state` for each item. */
export function map(state: object, more: object = {}): object {
  return {
    Type: 'Map',
    ItemProcessor: { StartAt: 'Item', States: { Item: { End: true, ...state } } },
    ...more,
  };
}
