import type { GetRequest } from '../object-client';
import { AttemptError } from './attempt-error';
import { RecentMap } from './recent-map';
import { type BucketEndpoint, bucketEndpoint } from './signing/bucket-endpoint';
import { encodePath } from './signing/encode-path';

/** Where a request goes. */
interface Target {
  endpoint: BucketEndpoint;
  region: string;
  path: string;
}

/** Finds a bucket's region and endpoint, and remembers what S3 said of them. */
export interface Targets {
  /** Throws an `AttemptError` for what cannot be asked for: nothing is sent then. */
  of(request: Pick<GetRequest, 'bucket' | 'key' | 'etag'>): Target;
  /** S3 said that the bucket lies in another region. False where that was tried already. */
  redirect(bucket: string, from: string, to: string): boolean;
}

/** More buckets than this at once are not worth remembering. */
const mostBuckets = 1_000;

export function createTargets(defaultRegion: string, customEndpoint: string | undefined): Targets {
  const regions = new RecentMap<string>(mostBuckets);
  const endpoints = new RecentMap<BucketEndpoint>(mostBuckets);
  return {
    of({ bucket, key, etag }) {
      const path = encodePath(key);
      if (path === null) throw new AttemptError('InvalidKey', null, 'the key is no valid Unicode text');
      if (path === '') throw new AttemptError('InvalidKey', null, 'the key is empty');
      if (!encodePath(bucket)) throw new AttemptError('NoSuchBucket', null, 'the bucket has no valid name');
      if (etag !== null && !/^[\x20-\x7e\x80-\xff]+$/.test(etag))
        throw new AttemptError('Other', null, 'the ETag cannot be sent in a header');
      const region = regions.get(bucket) ?? defaultRegion;
      const endpoint = endpoints.get(bucket) ?? bucketEndpoint(bucket, region, customEndpoint);
      if (!endpoints.has(bucket)) endpoints.set(bucket, endpoint);
      return { endpoint, region, path: endpoint.pathPrefix + path };
    },
    redirect(bucket, from, to) {
      if (from === to || regions.get(bucket) === from) return false;
      regions.set(bucket, to);
      endpoints.delete(bucket);
      return true;
    },
  };
}
