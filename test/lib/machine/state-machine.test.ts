import {
  renderStateMachine,
  stateMachineDefinition,
  substitutionNames,
} from '../../../lib/machine/state-machine';

const validate = require('asl-validator') as (definition: unknown) => { isValid: boolean; errors: unknown[] };

interface Retrier {
  ErrorEquals: string[];
  MaxAttempts: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: string;
}
interface State {
  Type: string;
  Resource?: string;
  Parameters?: Record<string, unknown>;
  TimeoutSeconds?: number;
  MaxConcurrency?: number;
  MaxConcurrencyPath?: string;
  Retry?: Retrier[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  ItemProcessor?: { ProcessorConfig: { Mode: string }; States: Record<string, State> };
}

const rendered = renderStateMachine({
  Partition: 'aws',
  PlanFunction: 'arn:aws:lambda:eu-west-1:123456789012:function:plan',
  SummarizeFunction: 'arn:aws:lambda:eu-west-1:123456789012:function:summarize',
});
const top = (JSON.parse(rendered) as { States: Record<string, State> }).States;
const trial = top.Trials!.ItemProcessor!.States;
const perObject = trial.LambdaPerObject!.ItemProcessor!.States;
const all = { ...top, ...trial, ...perObject };
const tasks = Object.entries(all).filter(([, state]) => state.Type === 'Task');
const killed = [
  'Sandbox.Timedout',
  'Runtime.ExitError',
  'Runtime.OutOfMemory',
  'Lambda.Unknown',
  'States.Timeout',
];

test('is valid Amazon States Language', () => {
  expect(validate(JSON.parse(rendered)).errors).toEqual([]);
});

test('the validator refuses a machine whose next state is missing', () => {
  expect(validate(JSON.parse(rendered.replace('"Next":"Trials"', '"Next":"Trails"'))).isValid).toBe(false);
});

test('every placeholder is a known one and every known one is used', () => {
  const placeholders = [...stateMachineDefinition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!);
  expect([...new Set(placeholders)].sort()).toEqual([...substitutionNames].sort());
  expect(rendered).not.toContain('${');
});

test('a run plans, performs its trials one at a time and sums up', () => {
  const steps = Object.entries(top).map(([name, state]) => [name, state.Type]);
  expect(steps).toEqual([
    ['Plan', 'Task'],
    ['Trials', 'Map'],
    ['Summarize', 'Task'],
  ]);
  expect(top.Trials!.MaxConcurrency).toBe(1);
  expect(top.Trials!.ItemProcessor!.ProcessorConfig.Mode).toBe('INLINE');
  expect(trial.LambdaPerObject!.MaxConcurrencyPath).toBe('$.trial.concurrency');
});

test('the functions that plan and sum up are filled in, the one that fetches is the plan’s choice', () => {
  expect(top.Plan!.Parameters!.FunctionName).toBe('arn:aws:lambda:eu-west-1:123456789012:function:plan');
  expect(top.Summarize!.Parameters!.FunctionName).toBe(
    'arn:aws:lambda:eu-west-1:123456789012:function:summarize',
  );
  expect(trial.OneLambda!.Parameters!['FunctionName.$']).toBe('$.trial.function');
  expect(perObject.FetchObject!.Parameters!['FunctionName.$']).toBe('$.function');
});

test('payloads carry ids and counts, never records', () => {
  const keys = (state: State) => Object.keys(state.Parameters!.Payload as Record<string, unknown>);
  expect(keys(top.Plan!)).toEqual(['runId.$', 'startedAt.$', 'request.$']);
  expect(keys(trial.OneLambda!)).toEqual(['runId.$', 'trial.$', 'enteredAt.$', 'retryCount.$']);
  expect(keys(perObject.FetchObject!)).toEqual([
    'runId.$',
    'trial.$',
    'index.$',
    'enteredAt.$',
    'retryCount.$',
  ]);
  expect(keys(top.Summarize!)).toEqual(['runId.$']);
});

test.each(tasks)('%s retries a throttled Lambda with full jitter and a cap', (_name, state) => {
  const retrier = state.Retry!.find(({ ErrorEquals }) =>
    ErrorEquals.includes('Lambda.TooManyRequestsException'),
  )!;
  expect(retrier).toMatchObject({ JitterStrategy: 'FULL', MaxDelaySeconds: 20, MaxAttempts: 10 });
  expect(state.Resource).toBe('arn:aws:states:::lambda:invoke');
});

test.each(tasks)('%s ends in bounded time, after its Lambda would have', (_name, state) => {
  expect(state.TimeoutSeconds).toBe(960);
});

test.each([
  ['OneLambda', trial.OneLambda!, trial],
  ['FetchObject', perObject.FetchObject!, perObject],
] as const)('%s: a Lambda that is killed twice is lost, and the run goes on', (_name, state, siblings) => {
  expect(state.Retry!.find(({ ErrorEquals }) => ErrorEquals.includes('Sandbox.Timedout'))).toMatchObject({
    ErrorEquals: killed,
    MaxAttempts: 1,
  });
  expect(state.Catch).toHaveLength(1);
  expect(state.Catch![0]!.ErrorEquals).toEqual(killed);
  expect(siblings[state.Catch![0]!.Next]!.Type).toBe('Pass');
});

test('a broken machine fails uncaught, so that a redrive can go on', () => {
  expect(top.Plan!.Catch).toBeUndefined();
  expect(top.Summarize!.Catch).toBeUndefined();
  expect(rendered).not.toContain('States.ALL');
});
