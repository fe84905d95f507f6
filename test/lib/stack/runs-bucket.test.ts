import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Template } from 'aws-cdk-lib/assertions';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { createStack, synthesize } from './synthesize';
import { resource, type Statement } from './template-reader';

const template = synthesize();
const bucket = resource(template, 'AWS::S3::Bucket');

test('is private, encrypted and without ACLs', () => {
  expect(bucket.Properties).toMatchObject({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  });
});

test('refuses what does not come over TLS', () => {
  const policy = resource(template, 'AWS::S3::BucketPolicy').Properties['PolicyDocument'];
  const { Statement: statements } = policy as { Statement: Statement[] };
  expect(statements).toContainEqual(
    expect.objectContaining({
      Effect: 'Deny',
      Action: 's3:*',
      Principal: { AWS: '*' },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
});

test('forgets runs after 90 days and half uploads after one, but keeps the sample objects', () => {
  expect(bucket.Properties['LifecycleConfiguration']).toEqual({
    Rules: [
      { Id: 'expire-runs', Prefix: 'runs/', ExpirationInDays: 90, Status: 'Enabled' },
      { Id: 'abort-uploads', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
    ],
  });
});

test('outlives the stack', () => {
  expect(bucket.DeletionPolicy).toBe('Retain');
});

test('expiry, removal and access logs can be set', () => {
  const stack = createStack({ runsExpireAfter: Duration.days(7), removalPolicy: RemovalPolicy.DESTROY });
  const own = resource(Template.fromStack(stack), 'AWS::S3::Bucket');
  expect(own.DeletionPolicy).toBe('Delete');
  expect(own.Properties['LifecycleConfiguration']).toMatchObject({
    Rules: [{ ExpirationInDays: 7 }, { Id: 'abort-uploads' }],
  });
});

test('an access log bucket turns the access log on', () => {
  const outer = createStack();
  const accessLogsBucket = Bucket.fromBucketName(outer, 'Logs', 'my-access-logs');
  const logged = synthesize({ accessLogsBucket });
  expect(resource(logged, 'AWS::S3::Bucket').Properties['LoggingConfiguration']).toEqual({
    DestinationBucketName: 'my-access-logs',
  });
});
