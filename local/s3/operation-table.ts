import type { Exchange, Operation } from './exchange';
import { abortMultipartUpload } from './operations/abort-multipart-upload';
import { getBucketVersioning, putBucketVersioning } from './operations/bucket-versioning';
import { completeMultipartUpload } from './operations/complete-multipart-upload';
import { copyObject } from './operations/copy-object';
import { createBucket } from './operations/create-bucket';
import { createMultipartUpload } from './operations/create-multipart-upload';
import { deleteBucket } from './operations/delete-bucket';
import { deleteObject } from './operations/delete-object';
import { deleteObjects } from './operations/delete-objects';
import { getBucketLocation } from './operations/get-bucket-location';
import { getObject } from './operations/get-object';
import { getObjectAttributes } from './operations/get-object-attributes';
import { headBucket } from './operations/head-bucket';
import { headObject } from './operations/head-object';
import { listBuckets } from './operations/list-buckets';
import { listMultipartUploads } from './operations/list-multipart-uploads';
import { listObjectVersions } from './operations/list-object-versions';
import { listObjects } from './operations/list-objects';
import { listObjectsV2 } from './operations/list-objects-v2';
import { listParts } from './operations/list-parts';
import { putObject } from './operations/put-object';
import { uploadPart } from './operations/upload-part';
import { uploadPartCopy } from './operations/upload-part-copy';
import { S3Error } from './s3-error';

/** The operations by the names that S3's API gives them. */
export const operations = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  GetBucketLocation: getBucketLocation,
  GetBucketVersioning: getBucketVersioning,
  GetObject: getObject,
  GetObjectAttributes: getObjectAttributes,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectVersions: listObjectVersions,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PutBucketVersioning: putBucketVersioning,
  PutObject: putObject,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

type ByMethod = Record<string, OperationName>;

const plain: Record<'service' | 'bucket' | 'object', ByMethod> = {
  service: { GET: 'ListBuckets' },
  bucket: { GET: 'ListObjects', HEAD: 'HeadBucket', PUT: 'CreateBucket', DELETE: 'DeleteBucket' },
  object: { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' },
};

/** Subresources that decide the operation; the first one present in the query counts. */
const bySubresource: Record<'service' | 'bucket' | 'object', Map<string, ByMethod>> = {
  service: new Map(),
  bucket: new Map<string, ByMethod>([
    ['location', { GET: 'GetBucketLocation' }],
    ['versioning', { GET: 'GetBucketVersioning', PUT: 'PutBucketVersioning' }],
    ['uploads', { GET: 'ListMultipartUploads' }],
    ['versions', { GET: 'ListObjectVersions' }],
    ['list-type', { GET: 'ListObjectsV2' }],
    ['delete', { POST: 'DeleteObjects' }],
  ]),
  object: new Map<string, ByMethod>([
    ['uploads', { POST: 'CreateMultipartUpload' }],
    [
      'uploadId',
      {
        GET: 'ListParts',
        PUT: 'UploadPart',
        POST: 'CompleteMultipartUpload',
        DELETE: 'AbortMultipartUpload',
      },
    ],
    ['attributes', { GET: 'GetObjectAttributes' }],
  ]),
};

/** Subresources that S3 has and this does not: their operation must not be taken for the plain one. */
const notImplemented = new Set(
  'accelerate acl analytics cors encryption intelligent-tiering inventory lifecycle logging metrics notification object-lock ownershipControls policy policyStatus publicAccessBlock replication requestPayment restore retention legal-hold select tagging torrent website append renameObject'.split(
    ' ',
  ),
);

export function operationNamed({
  request,
  bucket,
  key,
  query,
}: Pick<Exchange, 'request' | 'bucket' | 'key' | 'query'>): OperationName {
  const method = request.method!;
  const target = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  const name =
    (query.size === 0 ? undefined : withSubresource(target, method, query)) ?? plain[target][method];
  if (name === undefined) throw new S3Error('MethodNotAllowed');
  if (request.headers['x-amz-copy-source'] === undefined) return name;
  return name === 'PutObject' ? 'CopyObject' : name === 'UploadPart' ? 'UploadPartCopy' : name;
}

function withSubresource(
  target: 'service' | 'bucket' | 'object',
  method: string,
  query: ReadonlyMap<string, string>,
): OperationName | undefined {
  for (const name of query.keys()) {
    const operation = bySubresource[target].get(name)?.[method];
    if (operation) return operation;
    if (notImplemented.has(name)) {
      throw new S3Error('NotImplemented', `The subresource ${name} is not implemented`);
    }
  }
  return undefined;
}
