import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Token } from 'aws-cdk-lib/core';
import { bucketNameProblem, prefixProblem } from '../run/object-names';
import { SettingsError } from './settings-error';

/**
 * Objects that the stack may read: those of one bucket whose keys begin with a prefix.
 * A prefix is compared letter by letter, so end it with a slash to mean a folder.
 */
export type AllowedSource =
  | {
      /** The bucket; where it has a KMS key, decrypting with that key is allowed too. */
      readonly bucket: IBucket;
      /** @default '' - all objects of the bucket */
      readonly prefix?: string;
    }
  | {
      readonly bucketName: string;
      /** @default '' - all objects of the bucket */
      readonly prefix?: string;
    };

/** An allowed source as the roles and the handlers are told it. */
export interface GrantedSource {
  bucketName: string;
  prefix: string;
  /** ARN of the KMS key of the bucket, where the bucket is known to have one. */
  keyArn: string | null;
}

/** Throws where a source would allow something else than it says. */
export function grantedSource(source: AllowedSource): GrantedSource {
  const prefix = source.prefix ?? '';
  const bucketName = 'bucket' in source ? source.bucket.bucketName : source.bucketName;
  const keyArn = 'bucket' in source ? (source.bucket.encryptionKey?.keyArn ?? null) : null;
  if (!Token.isUnresolved(bucketName)) refuse(bucketName, bucketProblem(bucketName));
  refuse(prefix, prefixProblem(prefix) ?? patternProblem(prefix));
  return { bucketName, prefix, keyArn };
}

function bucketProblem(name: string): string | null {
  return name.includes('*') ? 'is a pattern: name each bucket' : bucketNameProblem(name);
}

/** IAM reads these as patterns or variables, so that more would be allowed than the handlers check. */
function patternProblem(prefix: string): string | null {
  return /[*?]|\$\{/.test(prefix) ? 'is a pattern: *, ? and ${ are refused in a prefix' : null;
}

function refuse(text: string, problem: string | null): void {
  if (problem !== null)
    throw new SettingsError(
      'allowedSources',
      `${JSON.stringify(text)} ${problem}`,
      'BUCKET or BUCKET/PREFIX',
    );
}
