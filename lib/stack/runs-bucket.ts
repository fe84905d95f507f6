import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export interface RunsBucketProps {
  runsExpireAfter: Duration;
  removalPolicy: RemovalPolicy;
  accessLogsBucket?: IBucket;
}

/**
 * Keeps run folders below `runs/` and the sample objects below `sample_files/`.
 * Not versioned: a run folder is written once, and old versions would only outlive their expiry.
 */
export function createRunsBucket(scope: Construct, props: RunsBucketProps): Bucket {
  return new Bucket(scope, 'RunsBucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: props.removalPolicy,
    serverAccessLogsBucket: props.accessLogsBucket,
    lifecycleRules: [
      { id: 'expire-runs', prefix: 'runs/', expiration: props.runsExpireAfter },
      { id: 'abort-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
}
