import { type CfnResource, type Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type AllowedSource, grantedSource } from './allowed-source';
import type { S3FetchTunerStack } from './s3-fetch-tuner-stack';

interface Exception {
  rule: string;
  reason: string;
}

/** Every finding of cdk-nag's AwsSolutions and Serverless packs that this stack lives with, and why. */
export function acknowledgeNagFindings(
  { tuner }: S3FetchTunerStack,
  allowedSources: readonly AllowedSource[] = [],
): void {
  const inRuns = (key: string) => wildcard(`<${logicalIdOf(tuner.bucket)}.Arn>/${key}`, oneFolderPerRun);
  const samples = inRuns('sample_files/*');
  const sources = allowedSources
    .map(grantedSource)
    .map(({ bucketName, prefix }) => sourceWildcard(bucketName, prefix));
  const fetchIds = [...tuner.fetchFunctions.keys()].map((size) => `Fetch${size}`);

  accept(tuner.bucket, serverAccessLogs);
  accept(tuner.api, ...apiExceptions);
  accept(tuner.node.findChild('Machine'), telemetry);
  for (const id of ['Plan', 'Summarize', 'Api', ...fetchIds])
    accept(tuner.node.findChild(id), telemetry, deadLetters);

  const written = ['request.json', 'plan.json', 'objects.jsonl'].map((name) => inRuns(`runs/*/${name}`));
  accept(tuner.node.findChild('Plan'), ...sources, samples, ...written);
  for (const id of fetchIds) {
    const folder = ['plan.json', 'objects.jsonl', 'records/*'].map((name) => inRuns(`runs/*/${name}`));
    accept(tuner.node.findChild(id), ...sources, samples, ...folder);
  }
  const summed = ['runs/*', 'runs/*/summary.json', 'runs/*/report.*'].map(inRuns);
  accept(tuner.node.findChild('Summarize'), ...summed);
  accept(tuner.node.findChild('Api'), inRuns('runs/*'), executionsOf(tuner.stateMachine));
}

const oneFolderPerRun = 'A run has a folder of its own, named when it starts.';

const serverAccessLogs: Exception = {
  rule: 'AwsSolutions::AwsSolutions-S1',
  reason:
    'The bucket holds measurements that only the roles of this stack read; accessLogsBucket turns the log on where one is wanted.',
};

const telemetry: Exception = {
  rule: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
  reason: 'X-Ray and the delivery of vended logs take no resource: AWS documents * for them.',
};

const deadLetters: Exception = {
  rule: 'Serverless::Serverless-LambdaDLQ',
  reason:
    'Step Functions and API Gateway invoke synchronously: a failure goes back to them, never to a queue.',
};

const apiExceptions: Exception[] = [
  {
    rule: 'AwsSolutions::AwsSolutions-COG4',
    reason:
      'Every method asks for IAM: the callers are engineers and pipelines with AWS credentials, not app users.',
  },
  {
    rule: 'AwsSolutions::AwsSolutions-APIG3',
    reason:
      'IAM and a throttle of 5 requests a second stand before it; a web ACL costs more a month than the runs.',
  },
  {
    rule: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason:
      'The role is a setting of the whole account: it must serve every API in it, as the managed policy does.',
  },
];

function wildcard(resource: string, reason: string): Exception {
  return { rule: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason };
}

function sourceWildcard(bucketName: string, prefix: string): Exception {
  return wildcard(
    `arn:<AWS::Partition>:s3:::${bucketName}/${prefix}*`,
    'What may be read is named by bucket and prefix in allowedSources.',
  );
}

function executionsOf(machine: IConstruct): Exception {
  const executions = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${logicalIdOf(machine)}.Name>:*`;
  return wildcard(executions, 'Executions of this one state machine: each gets its name when it starts.');
}

function logicalIdOf(construct: IConstruct): string {
  const resource = construct.node.defaultChild as CfnResource;
  const stack: Stack = resource.stack;
  return stack.getLogicalId(resource);
}

function accept(where: IConstruct, ...exceptions: Exception[]): void {
  Validations.of(where).acknowledge(...exceptions.map(({ rule, reason }) => ({ id: rule, reason })));
}
