import { renderStateMachine } from '../../../lib/machine/state-machine';
import { synthesize } from './synthesize';
import { readable, resource, resources } from './template-reader';

const template = synthesize();
const machine = resource(template, 'AWS::StepFunctions::StateMachine').Properties;

test('is the definition of its file, with the functions of the stack', () => {
  const definition = renderStateMachine({
    Partition: '<AWS::Partition>',
    PlanFunction: '<PlanFunction.Arn>',
    SummarizeFunction: '<SummarizeFunction.Arn>',
  });
  expect(readable(machine['DefinitionString'])).toBe(definition);
});

test('is STANDARD, traced and logged without data', () => {
  expect(machine).toMatchObject({
    StateMachineType: 'STANDARD',
    TracingConfiguration: { Enabled: true },
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
  });
});

test('its log is a vended one of this stack', () => {
  const { LogGroupName } = resource(template, 'AWS::Logs::LogGroup', 'TunerMachine').Properties;
  expect(LogGroupName).toMatch(/^\/aws\/vendedlogs\/states\/S3FetchTuner-[0-9a-f]{8}$/);
});

test('every log group is kept for a month and goes with the stack', () => {
  const groups = resources(template, 'AWS::Logs::LogGroup');
  expect(groups).toHaveLength(6);
  for (const [, group] of groups) {
    expect(group.Properties['RetentionInDays']).toBe(30);
    expect(group.DeletionPolicy).toBe('Delete');
  }
});
