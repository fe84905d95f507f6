import { S3Error } from '../s3-error';

// docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, read 2026-11.
const pattern = /^(?!xn--|\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function checkBucketName(name: string): void {
  if (!pattern.test(name))
    throw new S3Error('InvalidBucketName', undefined, { details: [['BucketName', name]] });
}
