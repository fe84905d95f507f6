import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { mayGet, mayListRuns } from './bucket-statements';
import { createHandlerFunction } from './handler-function';
import type { HandlerSettings } from './handler-settings';

/** Answers the REST API: starts, shows and stops runs. */
export function createApiFunction(
  scope: Construct,
  settings: HandlerSettings,
  machine: StateMachine,
): LambdaFunction {
  const { runsBucket: bucket } = settings;
  return createHandlerFunction(scope, 'Api', {
    description: 's3-fetch-tuner: answers the REST API',
    codeDir: settings.handlers.api,
    memorySizeMb: 512,
    // API Gateway waits 29 s for an answer (apigateway/latest/developerguide/limits.html, read 2026-11).
    timeoutSeconds: 29,
    logRetention: settings.logRetention,
    environment: {
      RUNS_BUCKET: bucket.bucketName,
      ...settings.sources,
      STATE_MACHINE_ARN: machine.stateMachineArn,
    },
    statements: [
      new PolicyStatement({
        actions: ['states:StartExecution', 'states:ListExecutions'],
        resources: [machine.stateMachineArn],
      }),
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [executionsOf(scope, machine)],
      }),
      mayListRuns(bucket, 'runs/'),
      mayGet(bucket, 'runs/*'),
    ],
  });
}

function executionsOf(scope: Construct, { stateMachineName }: StateMachine): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${stateMachineName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
