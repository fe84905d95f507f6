import { synthesize } from './synthesize';
import { readable } from './template-reader';

test('says where to start', () => {
  const outputs = synthesize().toJSON()['Outputs'] as Record<string, { Description: string; Value: unknown }>;
  const values = Object.fromEntries(
    Object.entries(outputs).map(([name, { Value }]) => [name, readable(Value)]),
  );
  expect(values).toEqual({
    StateMachineArn: '<MachineStateMachine>',
    StartInConsole:
      'https://<AWS::Region>.console.aws.amazon.com/states/home?region=<AWS::Region>#/statemachines/view/<MachineStateMachine>',
    StartCommand:
      "aws stepfunctions start-execution --region <AWS::Region> --state-machine-arn <MachineStateMachine> --input '{}'",
    ApiUrl: expect.stringMatching(/^https:\/\/<RestApi>\.execute-api\.<AWS::Region>\..*\/$/),
    RunsBucketName: '<RunsBucket>',
  });
});

test('the same settings give the same template', () => {
  const settings = { allowedSources: [{ bucketName: 'my-lake' }], memorySizes: [512, 1769] };
  expect(synthesize(settings).toJSON()).toEqual(synthesize(settings).toJSON());
});
