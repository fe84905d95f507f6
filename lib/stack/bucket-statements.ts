import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { GrantedSource } from './allowed-source';

/** Below which keys of the runs bucket the sample objects lie. */
export const samplePrefix = 'sample_files/';

export function mayGet(bucket: IBucket, ...keys: string[]): PolicyStatement {
  return new PolicyStatement({ actions: ['s3:GetObject'], resources: arnsOf(bucket, keys) });
}

export function mayPut(bucket: IBucket, ...keys: string[]): PolicyStatement {
  return new PolicyStatement({ actions: ['s3:PutObject'], resources: arnsOf(bucket, keys) });
}

/**
 * Listing below these prefixes of the runs bucket.
 * "IfExists", because S3 asks for the same permission, without a prefix, before it answers 404 and not 403
 * to a GET of what is not there (API_GetObject, "Permissions").
 */
export function mayListRuns(bucket: IBucket, ...prefixes: string[]): PolicyStatement {
  return new PolicyStatement({
    actions: ['s3:ListBucket'],
    resources: [bucket.bucketArn],
    conditions: { StringLikeIfExists: { 's3:prefix': prefixes.map((prefix) => `${prefix}*`) } },
  });
}

export function mayListSource(scope: Construct, source: GrantedSource): PolicyStatement {
  return new PolicyStatement({
    actions: ['s3:ListBucket'],
    resources: [sourceArn(scope, source.bucketName)],
    ...(source.prefix !== '' && { conditions: { StringLike: { 's3:prefix': `${source.prefix}*` } } }),
  });
}

export function mayReadSource(scope: Construct, source: GrantedSource, actions: string[]): PolicyStatement[] {
  const resources = [sourceArn(scope, `${source.bucketName}/${source.prefix}*`)];
  return [new PolicyStatement({ actions, resources }), ...mayDecrypt(scope, source)];
}

function mayDecrypt(scope: Construct, { keyArn }: GrantedSource): PolicyStatement[] {
  if (keyArn === null) return [];
  const { region, urlSuffix } = Stack.of(scope);
  return [
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` } },
    }),
  ];
}

function arnsOf(bucket: IBucket, keys: string[]): string[] {
  return keys.map((key) => bucket.arnForObjects(key));
}

function sourceArn(scope: Construct, resource: string): string {
  return Stack.of(scope).formatArn({ service: 's3', region: '', account: '', resource });
}
