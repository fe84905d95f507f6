import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { renderStateMachine } from '../machine/state-machine';

export interface RunMachineProps {
  plan: LambdaFunction;
  fetch: readonly LambdaFunction[];
  summarize: LambdaFunction;
  logRetention: RetentionDays;
}

/** The state machine that performs a run. */
export function createRunMachine(scope: Construct, props: RunMachineProps): StateMachine {
  const place = new Construct(scope, 'Machine');
  const { account, partition, stackName } = Stack.of(scope);
  const role = new Role(place, 'Role', {
    description: 's3-fetch-tuner: what the state machine may invoke',
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  });
  const functions = [props.plan, ...props.fetch, props.summarize];
  role.addToPolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: functions.map(({ functionArn }) => functionArn),
    }),
  );
  const logGroup = new LogGroup(place, 'LogGroup', {
    // Names under /aws/vendedlogs/ spare the account's log resource policy, which is 5,120 characters at most
    // (step-functions/latest/dg/bp-cwl.html, read 2026-11).
    logGroupName: `/aws/vendedlogs/states/${stackName}-${place.node.addr.slice(-8)}`,
    retention: props.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const definition = renderStateMachine({
    Partition: partition,
    PlanFunction: props.plan.functionArn,
    SummarizeFunction: props.summarize.functionArn,
  });
  return new StateMachine(place, 'StateMachine', {
    stateMachineType: StateMachineType.STANDARD,
    // Filled in here and not by DefinitionSubstitutions, which moto leaves out of a deployment.
    definitionBody: DefinitionBody.fromString(definition),
    role,
    tracingEnabled: true,
    // ALL, because the history itself is gone after 90 days; without data, because keys belong to the user.
    logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: false },
  });
}
