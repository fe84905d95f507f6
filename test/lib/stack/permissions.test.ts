import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { S3FetchTuner } from '../../../lib/stack/s3-fetch-tuner';
import { placeholderHandlers } from './placeholder-handlers';
import { synthesize } from './synthesize';
import { permissions, type Resource, resource, resources } from './template-reader';

const trace = 'Allow xray:PutTelemetryRecords, xray:PutTraceSegments on *';
const log = (id: string) => `Allow logs:CreateLogStream, logs:PutLogEvents on <${id}LogGroup.Arn>`;
const runs = '<RunsBucket.Arn>';
const written = `${runs}/runs/*/objects.jsonl, ${runs}/runs/*/plan.json, ${runs}/runs/*/request.json, ${runs}/sample_files/*`;
const listRuns = `Allow s3:ListBucket on ${runs} when {"StringLikeIfExists":{"s3:prefix":["runs/*"]}}`;

describe('without allowed sources', () => {
  const template = synthesize();

  test('plan reads and writes its own files and the sample objects', () => {
    expect(permissions(template, 'TunerPlan')).toEqual(
      [
        `Allow s3:ListBucket on ${runs} when {"StringLikeIfExists":{"s3:prefix":["runs/*","sample_files/*"]}}`,
        `Allow s3:GetObject, s3:PutObject on ${written}`,
        log('Plan'),
        trace,
      ].sort(),
    );
  });

  test('fetch reads the plan and the sample objects and writes records, nothing else', () => {
    expect(permissions(template, 'TunerFetch1769')).toEqual(
      [
        `Allow s3:GetObject on ${runs}/runs/*/objects.jsonl, ${runs}/runs/*/plan.json, ${runs}/sample_files/*`,
        `Allow s3:PutObject on ${runs}/runs/*/records/*`,
        log('Fetch1769'),
        trace,
      ].sort(),
    );
  });

  test('summarize reads run folders and writes summaries and reports', () => {
    expect(permissions(template, 'TunerSummarize')).toEqual(
      [
        listRuns,
        `Allow s3:GetObject on ${runs}/runs/*`,
        `Allow s3:PutObject on ${runs}/runs/*/report.*, ${runs}/runs/*/summary.json`,
        log('Summarize'),
        trace,
      ].sort(),
    );
  });

  test('api starts, lists, shows and stops executions of the one state machine', () => {
    const executions = 'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:';
    expect(permissions(template, 'TunerApiRole')).toEqual(
      [
        'Allow states:ListExecutions, states:StartExecution on <MachineStateMachine>',
        `Allow states:DescribeExecution, states:StopExecution on ${executions}<MachineStateMachine.Name>:*`,
        listRuns,
        `Allow s3:GetObject on ${runs}/runs/*`,
        log('Api'),
        trace,
      ].sort(),
    );
  });

  test('every star resource is telemetry, which takes no other', () => {
    const stars = resources(template, 'AWS::IAM::Policy')
      .flatMap(([id]) => permissions(template, id))
      .filter((line) => line.endsWith(' on *'));
    const actions = stars.flatMap((line) => line.slice('Allow '.length, -' on *'.length).split(', '));
    expect(actions.filter((action) => !/^(xray|logs):/.test(action))).toEqual([]);
  });
});

test('the state machine invokes exactly the functions of the stack', () => {
  const lines = permissions(synthesize({ memorySizes: [1024, 1769] }), 'TunerMachine');
  expect(lines.filter((line) => line.includes('lambda:'))).toEqual([
    'Allow lambda:InvokeFunction on <Fetch1024Function.Arn>, <Fetch1769Function.Arn>, <PlanFunction.Arn>, <SummarizeFunction.Arn>',
  ]);
});

test('the state machine’s role trusts Step Functions of this account only', () => {
  const role = resource(synthesize(), 'AWS::IAM::Role', 'TunerMachine');
  expect(role.Properties['AssumeRolePolicyDocument']).toMatchObject({
    Statement: [
      {
        Principal: { Service: 'states.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ],
  });
});

test('each function has a role of its own', () => {
  const functions = resources(synthesize({ memorySizes: [512, 1024, 1769] }), 'AWS::Lambda::Function');
  const roles = functions.map(([, { Properties }]: [string, Resource]) => JSON.stringify(Properties['Role']));
  expect(new Set(roles).size).toBe(functions.length);
});

test('an allowed prefix becomes narrow statements of plan and fetch alone', () => {
  const template = synthesize({ allowedSources: [{ bucketName: 'my-lake', prefix: 'events/' }] });
  const lake = 'arn:<AWS::Partition>:s3:::my-lake';
  expect(permissions(template, 'TunerFetch1769')).toContain(
    `Allow s3:GetObject, s3:GetObjectVersion on ${lake}/events/*`,
  );
  expect(permissions(template, 'TunerFetch1769').join()).not.toContain('s3:ListBucket');
  const plan = permissions(template, 'TunerPlan');
  expect(plan).toContain(`Allow s3:ListBucket on ${lake} when {"StringLike":{"s3:prefix":"events/*"}}`);
  expect(plan.find((line) => line.startsWith('Allow s3:GetObject on'))).toContain(`${lake}/events/*`);
  for (const role of ['TunerSummarize', 'TunerApiRole'])
    expect(permissions(template, role).join()).not.toContain('my-lake');
});

test('a bucket with a key brings the key, through S3 only', () => {
  const stack = new Stack(new App(), 'Own');
  const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d';
  const encryptionKey = Key.fromKeyArn(stack, 'Key', keyArn);
  const bucket = Bucket.fromBucketAttributes(stack, 'Lake', { bucketName: 'my-lake', encryptionKey });
  const tuner = new S3FetchTuner(stack, 'Tuner', {
    handlersDir: placeholderHandlers(),
    allowedSources: [{ bucket, prefix: 'events/' }],
  });
  expect(tuner.bucket.bucketName).not.toBe('my-lake');
  expect(permissions(Template.fromStack(stack), 'TunerFetch1769')).toContain(
    `Allow kms:Decrypt on ${keyArn} when {"StringEquals":{"kms:ViaService":{"Fn::Join":["",["s3.",{"Ref":"AWS::Region"},".",{"Ref":"AWS::URLSuffix"}]]}}}`,
  );
});
