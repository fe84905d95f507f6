import type { MultipartUpload, UploadedPart } from './multipart-upload';
import type { ObjectVersion } from './object-version';

export type Versioning = 'Enabled' | 'Suspended';

/** Every change of the store, as the journal keeps it: one line each, whole or not at all. */
export type StoreEvent =
  | { type: 'bucket'; bucket: string; createdMs: number }
  | { type: 'bucket-gone'; bucket: string }
  | { type: 'versioning'; bucket: string; status: Versioning }
  /** With `uploadId` it ends that upload too. */
  | { type: 'version'; bucket: string; key: string; version: ObjectVersion; uploadId?: string }
  | { type: 'version-gone'; bucket: string; key: string; versionId: string }
  | { type: 'upload'; bucket: string; upload: MultipartUpload }
  | { type: 'part'; bucket: string; uploadId: string; part: UploadedPart }
  | { type: 'upload-gone'; bucket: string; uploadId: string };
