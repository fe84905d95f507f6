import type { Exchange } from '../exchange';
import { respondEmpty } from '../respond';
import { nullVersionId } from '../store/object-version';
import type { ObjectStore } from '../store/object-store';
import type { Bucket } from '../store/store-index';

export function deleteObject(exchange: Exchange): void {
  const { store, key, query } = exchange;
  const { versionId, isMarker } = deleteKey(
    store,
    store.bucket(exchange.bucket),
    key,
    query.get('versionId'),
  );
  const headers = versionId === null ? [] : ['x-amz-version-id', versionId];
  if (isMarker) headers.push('x-amz-delete-marker', 'true');
  respondEmpty(exchange, 204, headers);
}

export interface Deletion {
  /** The version that went, or the marker that came; null in a bucket without versions. */
  versionId: string | null;
  isMarker: boolean;
}

/** Deletes the version named; without one, deletes the object or hides it behind a delete marker. */
export function deleteKey(
  store: ObjectStore,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): Deletion {
  const name = bucket.name;
  if (versionId === undefined && bucket.versioning !== null) {
    const marker = {
      kind: 'marker',
      versionId: store.newVersionId(bucket),
      lastModifiedMs: Date.now(),
    } as const;
    store.record({ type: 'version', bucket: name, key, version: marker });
    return { versionId: marker.versionId, isMarker: true };
  }
  const wanted = versionId ?? nullVersionId;
  const found = bucket.objects.get(key)?.find((version) => version.versionId === wanted);
  if (found) store.record({ type: 'version-gone', bucket: name, key, versionId: wanted });
  return { versionId: versionId ?? null, isMarker: found?.kind === 'marker' };
}
