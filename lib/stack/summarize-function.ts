import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { mayGet, mayListRuns, mayPut } from './bucket-statements';
import { createHandlerFunction } from './handler-function';
import type { HandlerSettings } from './handler-settings';

/** Records to numbers: it sees run folders and never a source. */
export function createSummarizeFunction(scope: Construct, settings: HandlerSettings): LambdaFunction {
  const { runsBucket: bucket } = settings;
  return createHandlerFunction(scope, 'Summarize', {
    description: 's3-fetch-tuner: sums up a run',
    codeDir: settings.handlers.summarize,
    memorySizeMb: 1769,
    timeoutSeconds: 900,
    logRetention: settings.logRetention,
    environment: { RUNS_BUCKET: bucket.bucketName },
    statements: [
      mayListRuns(bucket, 'runs/'),
      mayGet(bucket, 'runs/*'),
      mayPut(bucket, 'runs/*/summary.json', 'runs/*/report.*'),
    ],
  });
}
