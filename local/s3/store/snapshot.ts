import type { StoreEvent } from './store-event';
import type { StoreIndex } from './store-index';

/** The fewest events that lead to this index. */
export function* snapshot(index: StoreIndex): Generator<StoreEvent> {
  for (const { name: bucket, createdMs, versioning, objects, uploads } of index.buckets.values()) {
    yield { type: 'bucket', bucket, createdMs };
    if (versioning) yield { type: 'versioning', bucket, status: versioning };
    for (const [key, versions] of objects.entries()) {
      for (const version of versions.toReversed()) yield { type: 'version', bucket, key, version };
    }
    for (const { upload, parts } of uploads.values()) {
      yield { type: 'upload', bucket, upload };
      for (const part of parts.values()) yield { type: 'part', bucket, uploadId: upload.uploadId, part };
    }
  }
}

/** Every body that the index refers to. */
export function referencedBodies(index: StoreIndex): Set<string> {
  const bodies = new Set<string>();
  for (const event of snapshot(index)) {
    if (event.type === 'version' && event.version.kind === 'object') bodies.add(event.version.bodyId);
    if (event.type === 'part') bodies.add(event.part.bodyId);
  }
  return bodies;
}
