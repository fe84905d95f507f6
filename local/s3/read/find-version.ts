import type { Exchange } from '../exchange';
import { S3Error } from '../s3-error';
import type { DeleteMarker, StoredObject } from '../store/object-version';
import type { Bucket } from '../store/store-index';

/** The version that a read is about: the one named, or the newest. */
export function findObject(bucket: Bucket, key: string, versionId: string | undefined): StoredObject {
  const versions = bucket.objects.get(key);
  const version =
    versionId === undefined ? versions?.[0] : versions?.find((one) => one.versionId === versionId);
  if (!version) {
    const details: [string, string][] = [['Key', key]];
    if (versionId === undefined) throw new S3Error('NoSuchKey', undefined, { details });
    details.push(['VersionId', versionId]);
    throw new S3Error('NoSuchVersion', undefined, { details });
  }
  if (version.kind === 'marker') throw deletedError(key, version, versionId !== undefined);
  return version;
}

/** `x-amz-version-id`, on buckets that have versions. */
export function versionHeaders(bucket: Bucket, versionId: string): string[] {
  return bucket.versioning === null ? [] : ['x-amz-version-id', versionId];
}

export function requestedObject({ store, bucket, key, query }: Exchange) {
  const found = store.bucket(bucket);
  return { bucket: found, object: findObject(found, key, query.get('versionId')) };
}

function deletedError(key: string, marker: DeleteMarker, wasNamed: boolean): S3Error {
  const headers = ['x-amz-delete-marker', 'true', 'x-amz-version-id', marker.versionId];
  if (!wasNamed) return new S3Error('NoSuchKey', undefined, { details: [['Key', key]], headers });
  return new S3Error('MethodNotAllowed', undefined, { headers: [...headers, 'allow', 'DELETE'] });
}
