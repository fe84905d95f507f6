import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { acknowledgeNagFindings } from '../../../lib/stack/nag-exceptions';
import type { S3FetchTunerProps } from '../../../lib/stack/s3-fetch-tuner';
import type { S3FetchTunerStack } from '../../../lib/stack/s3-fetch-tuner-stack';
import { createApp, createStack } from './synthesize';

interface Report {
  pluginReports: { violations: { ruleName: string }[] }[];
}

const settings: S3FetchTunerProps = {
  allowedSources: [{ bucketName: 'my-lake', prefix: 'events/' }, { bucketName: 'open-data' }],
  memorySizes: [1024, 1769],
};

/** Names of the rules that the stack breaks, once the exceptions are taken off. */
function violations(
  props: S3FetchTunerProps,
  change: (stack: S3FetchTunerStack) => void = () => {},
): string[] {
  const app = createApp();
  // The report is read here; otherwise the findings end on the console and in an error.
  app.node.setContext('@aws-cdk/core:failSynthOnValidationErrors', false);
  const stack = createStack(props, app);
  change(stack);
  acknowledgeNagFindings(stack, props.allowedSources);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const { directory } = app.synth();
  const report = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as Report;
  return report.pluginReports.flatMap((plugin) => plugin.violations.map(({ ruleName }) => ruleName));
}

test.each([
  ['as it is', {}],
  ['with sources and memory sizes', settings],
])('the stack passes AwsSolutions and Serverless: %s', (_name, props) => {
  expect(violations(props)).toEqual([]);
});

test('a bucket without the rules is found', () => {
  const found = violations(settings, (stack) => void new Bucket(stack, 'Careless'));
  expect(found).toContain('AwsSolutions-S10');
});

test('a wider grant than the exceptions name is found', () => {
  const found = violations(settings, ({ tuner }) => {
    const statement = new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: ['arn:aws:s3:::my-lake/*'],
    });
    tuner.fetchFunctions.get(1024)!.addToRolePolicy(statement);
  });
  expect(found).toContain('AwsSolutions-IAM5[Resource::arn:aws:s3:::my-lake/*]');
});

test('an exception is for its own source, not for others', () => {
  const app = createApp();
  const stack = createStack(settings, app);
  acknowledgeNagFindings(stack, [{ bucketName: 'another' }]);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).toThrow('arn:<AWS::Partition>:s3:::my-lake/events/*');
});
