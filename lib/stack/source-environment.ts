import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { GrantedSource } from './allowed-source';
import { samplePrefix } from './bucket-statements';
import { SettingsError } from './settings-error';

/** Lambda's environment is 4 KB in all (lambda/latest/dg/gettingstarted-limits.html, read 2026-11); 1 KB is left for the rest. */
const maxSourcesBytes = 3 * 1024;

/** A bucket's name that is known only when it is deployed counts as the longest that S3 allows. */
const longestBucketName = 'b'.repeat(63);

/** ALLOWED_SOURCES of the handlers: what was allowed, and the stack's own sample objects. */
export function sourceEnvironment(scope: Construct, runsBucket: IBucket, granted: readonly GrantedSource[]) {
  const sources = [...granted, { bucketName: runsBucket.bucketName, prefix: samplePrefix }].map(
    ({ bucketName, prefix }) => ({ bucket: bucketName, prefix }),
  );
  refuseTooMany(sources);
  return { ALLOWED_SOURCES: Stack.of(scope).toJsonString(sources) };
}

function refuseTooMany(sources: readonly { bucket: string; prefix: string }[]): void {
  const atMost = sources.map(({ bucket, prefix }) => ({
    bucket: Token.isUnresolved(bucket) ? longestBucketName : bucket,
    prefix,
  }));
  const bytes = Buffer.byteLength(JSON.stringify(atMost));
  if (bytes > maxSourcesBytes)
    throw new SettingsError(
      'allowedSources',
      `${sources.length - 1} sources are ${bytes} bytes of JSON, and a Lambda's environment has room for ${maxSourcesBytes}`,
      'fewer sources or shorter prefixes, or deploy a second stack',
    );
}
