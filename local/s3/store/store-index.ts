import { KeyMap } from './key-map';
import type { MultipartUpload, UploadedPart } from './multipart-upload';
import { nullVersionId, type ObjectVersion } from './object-version';
import type { StoreEvent, Versioning } from './store-event';

export interface OpenUpload {
  upload: MultipartUpload;
  parts: Map<number, UploadedPart>;
}

export interface Bucket {
  name: string;
  createdMs: number;
  versioning: Versioning | null;
  /** Versions of each key, newest first. */
  objects: KeyMap<ObjectVersion[]>;
  uploads: Map<string, OpenUpload>;
}

/** What the journal amounts to, in memory. */
export class StoreIndex {
  readonly buckets = new Map<string, Bucket>();

  /** Takes an event in; answers with the bodies that nothing refers to any more. */
  apply(event: StoreEvent): string[] {
    if (event.type === 'bucket') {
      const { bucket: name, createdMs } = event;
      this.buckets.set(name, {
        name,
        createdMs,
        versioning: null,
        objects: new KeyMap(),
        uploads: new Map(),
      });
      return [];
    }
    const bucket = this.buckets.get(event.bucket);
    if (!bucket) throw new Error(`event for bucket ${JSON.stringify(event.bucket)}, which does not exist`);
    switch (event.type) {
      case 'bucket-gone':
        this.buckets.delete(event.bucket);
        return [];
      case 'versioning':
        bucket.versioning = event.status;
        return [];
      case 'version':
        return addVersion(bucket, event.key, event.version, event.uploadId);
      case 'version-gone':
        return dropVersion(bucket, event.key, event.versionId);
      case 'upload':
        bucket.uploads.set(event.upload.uploadId, { upload: event.upload, parts: new Map() });
        return [];
      case 'part':
        return addPart(bucket, event.uploadId, event.part);
      default:
        return dropUpload(bucket, event.uploadId);
    }
  }
}

function addVersion(
  bucket: Bucket,
  key: string,
  version: ObjectVersion,
  uploadId: string | undefined,
): string[] {
  // There is one null version at most: a new one takes the place of the old.
  const freed = version.versionId === nullVersionId ? dropVersion(bucket, key, nullVersionId) : [];
  bucket.objects.set(key, [version, ...(bucket.objects.get(key) ?? [])]);
  return uploadId === undefined ? freed : [...freed, ...dropUpload(bucket, uploadId)];
}

function dropVersion(bucket: Bucket, key: string, versionId: string): string[] {
  const versions = bucket.objects.get(key) ?? [];
  const dropped = versions.find((version) => version.versionId === versionId);
  if (!dropped) return [];
  const kept = versions.filter((version) => version !== dropped);
  if (kept.length === 0) bucket.objects.delete(key);
  else bucket.objects.set(key, kept);
  return dropped.kind === 'object' ? [dropped.bodyId] : [];
}

function addPart(bucket: Bucket, uploadId: string, part: UploadedPart): string[] {
  const parts = bucket.uploads.get(uploadId)?.parts;
  const replaced = parts?.get(part.number);
  parts?.set(part.number, part);
  return replaced ? [replaced.bodyId] : [];
}

function dropUpload(bucket: Bucket, uploadId: string): string[] {
  const parts = bucket.uploads.get(uploadId)?.parts ?? new Map<number, UploadedPart>();
  bucket.uploads.delete(uploadId);
  return Array.from(parts.values(), (part) => part.bodyId);
}
