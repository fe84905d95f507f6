import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { mayGet, mayPut, mayReadSource, samplePrefix } from './bucket-statements';
import { createHandlerFunction } from './handler-function';
import type { HandlerSettings } from './handler-settings';

/** One function for each memory size, so that memory can be raced without changing a function while it runs. */
export function createFetchFunctions(
  scope: Construct,
  settings: HandlerSettings,
  memorySizesMb: readonly number[],
  reservedConcurrency?: number,
): ReadonlyMap<number, LambdaFunction> {
  const { runsBucket: bucket, granted } = settings;
  const readActions = ['s3:GetObject', 's3:GetObjectVersion'];
  const create = (memorySizeMb: number) =>
    createHandlerFunction(scope, `Fetch${memorySizeMb}`, {
      description: `s3-fetch-tuner: fetches objects with ${memorySizeMb} MB`,
      codeDir: settings.handlers.fetch,
      memorySizeMb,
      timeoutSeconds: 900,
      reservedConcurrency,
      logRetention: settings.logRetention,
      environment: { RUNS_BUCKET: bucket.bucketName, ...settings.sources },
      statements: [
        ...granted.flatMap((source) => mayReadSource(scope, source, readActions)),
        mayGet(bucket, 'runs/*/plan.json', 'runs/*/objects.jsonl', `${samplePrefix}*`),
        mayPut(bucket, 'runs/*/records/*'),
      ],
    });
  return new Map(memorySizesMb.map((size) => [size, create(size)]));
}
