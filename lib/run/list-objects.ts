import {
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  type S3Client,
} from '@aws-sdk/client-s3';
import { limits } from './limits';
import type { PlannedObject } from './planned-object';
import { refuse } from './request-error';
import type { ResolvedRequest } from './resolve-request';

export interface Listing {
  objects: PlannedObject[];
  /** "Folder" markers that were left out. */
  skippedMarkers: number;
}

/** The objects that a request means. Throws a RequestError where that is nothing, or cannot be listed. */
export async function listObjects(s3: S3Client, request: ResolvedRequest): Promise<Listing> {
  if ('keys' in request.objects)
    return { objects: await lookUp(s3, request.bucket, request.objects.keys), skippedMarkers: 0 };
  const listing = await listPrefix(s3, request.bucket, request.objects.prefix);
  if (listing.objects.length === 0) refuseEmptyPrefix(request.bucket, request.objects.prefix, listing);
  return listing;
}

function refuseEmptyPrefix(bucket: string, prefix: string, { skippedMarkers }: Listing): never {
  const markers = skippedMarkers > 0 ? ` but ${skippedMarkers} empty folder marker(s)` : '';
  refuse(
    'prefix',
    `no object of bucket ${bucket} has a key that begins with ${JSON.stringify(prefix)}${markers}`,
    'the prefix of objects that exist, such as "prefix":"data/"',
  );
}

async function listPrefix(s3: S3Client, bucket: string, prefix: string): Promise<Listing> {
  const listing: Listing = { objects: [], skippedMarkers: 0 };
  let token: string | undefined;
  do {
    const page = await s3
      .send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          // Without it a key with a control character makes XML that cannot be read.
          EncodingType: 'url',
          ContinuationToken: token,
        }),
      )
      .catch((error: Error) => refuseUnlistable(bucket, error));
    for (const { Key, Size = 0, ETag } of page.Contents ?? []) {
      const key = decodeURIComponent(Key!.replaceAll('+', ' '));
      if (Size === 0 && key.endsWith('/')) listing.skippedMarkers++;
      else listing.objects.push({ index: listing.objects.length, key, sizeBytes: Size, etag: ETag ?? null });
    }
    token = page.NextContinuationToken;
    if (listing.objects.length > limits.plannedObjects)
      refuse('prefix', `names more than ${limits.plannedObjects} objects`, 'a narrower "prefix"');
  } while (token !== undefined);
  return listing;
}

function refuseUnlistable(bucket: string, error: Error): never {
  const reasons: Record<string, string> = {
    NoSuchBucket: 'does not exist',
    AccessDenied: 'may not be listed by the planner (AccessDenied)',
    PermanentRedirect: 'lies in another region',
  };
  const reason = Object.hasOwn(reasons, error.name) ? reasons[error.name] : undefined;
  if (reason === undefined) throw error;
  refuse('bucket', `${JSON.stringify(bucket)} ${reason}`, '"bucket":"…" with a bucket that can be listed');
}

const lookUpsInFlight = 16;

// A key that is not there stays in the plan: its record will say so, and the run goes on.
async function lookUp(s3: S3Client, bucket: string, keys: string[]): Promise<PlannedObject[]> {
  const objects: PlannedObject[] = keys.map((key, index) => ({ index, key, sizeBytes: null, etag: null }));
  const pending = objects.values();
  const worker = async () => {
    for (const object of pending) {
      try {
        const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: object.key }));
        object.sizeBytes = head.ContentLength ?? null;
        object.etag = head.ETag ?? null;
      } catch (error) {
        const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
        // Without a status nobody answered: that is no property of the key.
        if (status === undefined) throw error;
        if (status === 404) object.missing = true;
      }
    }
  };
  await Promise.all(Array.from({ length: lookUpsInFlight }, worker));
  if (objects.every(({ missing }) => missing)) await refuseMissingBucket(s3, bucket);
  return objects;
}

// A HEAD has no body to say which of the two is missing, the key or its bucket.
async function refuseMissingBucket(s3: S3Client, bucket: string): Promise<void> {
  await s3.send(new HeadBucketCommand({ Bucket: bucket })).catch((error: Error) => {
    if (error.name === 'NotFound') refuseUnlistable(bucket, new NoSuchBucket({ message: '', $metadata: {} }));
  });
}
