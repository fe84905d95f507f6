import type { ChecksumAlgorithm, ChecksumType } from '../checksum/checksum-algorithm';

export interface StoredChecksum {
  algorithm: ChecksumAlgorithm;
  type: ChecksumType;
  /** Base64; a composite one ends in `-N`. */
  value: string;
}

interface StoredPart {
  number: number;
  sizeBytes: number;
  checksum: string | null;
}

/** What came with an object and goes out with it: name and value in turn, names in lower case. */
export interface ObjectHeaders {
  content: string[];
  metadata: string[];
}

export interface StoredObject {
  kind: 'object';
  /** `null`, the word, where the bucket was not versioned. */
  versionId: string;
  lastModifiedMs: number;
  bodyId: string;
  sizeBytes: number;
  /** Without its quotes. */
  etag: string;
  checksum: StoredChecksum | null;
  headers: ObjectHeaders;
  /** Only of multipart uploads. */
  parts: StoredPart[] | null;
}

export interface DeleteMarker {
  kind: 'marker';
  versionId: string;
  lastModifiedMs: number;
}

export type ObjectVersion = StoredObject | DeleteMarker;

export const nullVersionId = 'null';
