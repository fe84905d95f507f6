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
  const [, name, version] = /^(.*?)(?:\?versionId=([^?]+))?$/s.exec(String(headers['x-amz-copy-source']))!;
  // Clients may encode the slash behind the bucket too, so it is looked for after decoding.
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decode(name!));
  if (!match) throw invalidSource();
  const [bucket, key] = [match[1]!, match[2]!];
  const versionId = version === undefined ? undefined : decode(version);
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
