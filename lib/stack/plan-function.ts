import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { mayGet, mayListRuns, mayListSource, mayPut, mayReadSource, samplePrefix } from './bucket-statements';
import { createHandlerFunction } from './handler-function';
import type { HandlerSettings } from './handler-settings';

/** It reads them too: a second delivery must find what the first one wrote. */
const writtenKeys = ['runs/*/request.json', 'runs/*/plan.json', 'runs/*/objects.jsonl', `${samplePrefix}*`];

/** Checks the request, lists the objects, writes the run folder, and seeds the sample objects at first use. */
export function createPlanFunction(
  scope: Construct,
  settings: HandlerSettings,
  fetchFunctions: ReadonlyMap<number, LambdaFunction>,
): LambdaFunction {
  const { runsBucket: bucket, granted } = settings;
  const arnBySize = Object.fromEntries(
    [...fetchFunctions].map(([size, { functionArn }]) => [size, functionArn]),
  );
  return createHandlerFunction(scope, 'Plan', {
    description: 's3-fetch-tuner: plans a run',
    codeDir: settings.handlers.plan,
    memorySizeMb: 1769,
    timeoutSeconds: 900,
    logRetention: settings.logRetention,
    environment: {
      RUNS_BUCKET: bucket.bucketName,
      ...settings.sources,
      FETCH_FUNCTIONS: Stack.of(scope).toJsonString(arnBySize),
    },
    statements: [
      ...granted.map((source) => mayListSource(scope, source)),
      ...granted.flatMap((source) => mayReadSource(scope, source, ['s3:GetObject'])),
      mayListRuns(bucket, 'runs/', samplePrefix),
      mayGet(bucket, ...writtenKeys),
      mayPut(bucket, ...writtenKeys),
    ],
  });
}
