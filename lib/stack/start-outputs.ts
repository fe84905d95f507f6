import { CfnOutput, type Stack } from 'aws-cdk-lib/core';
import type { S3FetchTuner } from './s3-fetch-tuner';

/** What a person needs to start the first run. */
export function startOutputs(stack: Stack, { stateMachine, api, bucket }: S3FetchTuner): void {
  const { region } = stack;
  const arn = stateMachine.stateMachineArn;
  const output = (id: string, description: string, value: string) =>
    new CfnOutput(stack, id, { description, value });
  output(
    'StartInConsole',
    'Open it and press "Start execution"; the input {} races the sample objects',
    `https://${region}.console.aws.amazon.com/states/home?region=${region}#/statemachines/view/${arn}`,
  );
  output(
    'StartCommand',
    'The same from a shell',
    `aws stepfunctions start-execution --region ${region} --state-machine-arn ${arn} --input '{}'`,
  );
  output('StateMachineArn', 'Performs a run', arn);
  output('ApiUrl', 'POST runs, GET runs; signed with IAM', api.url);
  output('RunsBucketName', 'Holds runs/<runId>/ with plan, records and summary', bucket.bucketName);
}
