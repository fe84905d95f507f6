import { join } from 'node:path';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { buildSync } from 'esbuild';

const app = new App();
const stack = new Stack(app, 'OwnLambda');
const bucketName: unknown = app.node.tryGetContext('bucket');
if (typeof bucketName !== 'string') throw new Error('name the bucket to read: cdk deploy -c bucket=my-lake');

const codeDir = join(__dirname, 'bundle');
buildSync({
  entryPoints: [join(__dirname, 'handler.ts')],
  outfile: join(codeDir, 'index.mjs'),
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // Lambda brings the SDK along, and the engine does not need it there.
  external: ['@aws-sdk/*'],
});

const reader = new LambdaFunction(stack, 'Reader', {
  code: Code.fromAsset(codeDir),
  handler: 'index.handler',
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
  // One whole vCPU, from which on a Lambda's network is at its best.
  memorySize: 1769,
  timeout: Duration.minutes(5),
  environment: { BUCKET: bucketName },
});
// ListBucket as well: without it S3 answers AccessDenied for a key that is not there.
Bucket.fromBucketName(stack, 'Source', bucketName).grantRead(reader);
stack.exportValue(reader.functionName, { name: 'OwnLambdaReader' });
