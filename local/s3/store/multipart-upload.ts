import type { ChecksumAlgorithm, ChecksumType } from '../checksum/checksum-algorithm';
import type { ObjectHeaders } from './object-version';

export interface UploadedPart {
  number: number;
  bodyId: string;
  sizeBytes: number;
  etag: string;
  /** Base64 of the upload's algorithm over this part. */
  checksum: string;
  lastModifiedMs: number;
}

export interface MultipartUpload {
  uploadId: string;
  key: string;
  initiatedMs: number;
  headers: ObjectHeaders;
  algorithm: ChecksumAlgorithm;
  checksumType: ChecksumType;
  /** False where the client named no algorithm and CRC64NVME stands in. */
  checksumAsked: boolean;
}
