import type { Exchange } from '../exchange';
import { findObject } from '../read/find-version';
import { evaluatePreconditions } from '../read/preconditions';
import { S3Error } from '../s3-error';
import type { StoredObject } from '../store/object-version';

export interface CopySource {
  bucket: string;
  key: string;
  object: StoredObject;
}

/** The object that `x-amz-copy-source` names, if its conditions hold. */
export function copySource({ request: { headers }, store }: Exchange): CopySource {
  const match = /^\/?([^/?]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(String(headers['x-amz-copy-source']));
  if (!match) throw invalidSource();
  const bucket = decode(match[1]!);
  const key = decode(match[2]!);
  const versionId = match[3] === undefined ? undefined : decode(match[3]);
  const object = findObject(store.bucket(bucket), key, versionId);
  const outcome = evaluatePreconditions(headers, object.etag, object.lastModifiedMs, 'x-amz-copy-source-');
  if (outcome !== 'proceed') throw new S3Error('PreconditionFailed');
  return { bucket, key, object };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidSource();
  }
}

const invalidSource = () =>
  new S3Error(
    'InvalidArgument',
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
  );
