import type { GetRequest } from '../object-client';
import { AttemptError } from './attempt-error';
import { type BucketEndpoint, bucketEndpoint } from './signing/bucket-endpoint';
import { encodePath } from './signing/encode-path';

/** Where a request goes. */
export interface Target {
  endpoint: BucketEndpoint;
  region: string;
  path: string;
}

/** More buckets than this at once are not worth remembering. */
const mostBuckets = 1_000;

/** Finds a bucket's region and endpoint, and remembers what S3 said of them. */
export class Targets {
  readonly #region: string;
  readonly #endpoint: string | undefined;
  readonly #regions = new Map<string, string>();
  readonly #endpoints = new Map<string, BucketEndpoint>();

  constructor(region: string, endpoint: string | undefined) {
    this.#region = region;
    this.#endpoint = endpoint;
  }

  /** Throws an `AttemptError` for what cannot be asked for: nothing is sent then. */
  of({ bucket, key, etag }: Pick<GetRequest, 'bucket' | 'key' | 'etag'>): Target {
    const path = encodePath(key);
    if (path === null) throw refused('InvalidKey', 'the key is no valid Unicode text');
    if (path === '') throw refused('InvalidKey', 'the key is empty');
    if (!encodePath(bucket)) throw refused('NoSuchBucket', 'the bucket has no valid name');
    if (etag !== null && !/^[\x20-\x7e\x80-\xff]+$/.test(etag))
      throw refused('Other', 'the ETag cannot be sent in a header');
    const endpoint = this.#endpointOf(bucket);
    return { endpoint, region: this.#regionOf(bucket), path: endpoint.pathPrefix + path };
  }

  /** S3 said that the bucket lies in another region. False where that was tried already. */
  redirect(bucket: string, from: string, to: string): boolean {
    if (from === to || this.#regions.get(bucket) === from) return false;
    if (this.#regions.size >= mostBuckets) this.#regions.clear();
    this.#regions.set(bucket, to);
    this.#endpoints.delete(bucket);
    return true;
  }

  #regionOf(bucket: string): string {
    return this.#regions.get(bucket) ?? this.#region;
  }

  #endpointOf(bucket: string): BucketEndpoint {
    const known = this.#endpoints.get(bucket);
    if (known) return known;
    const endpoint = bucketEndpoint(bucket, this.#regionOf(bucket), this.#endpoint);
    if (this.#endpoints.size >= mostBuckets) this.#endpoints.clear();
    this.#endpoints.set(bucket, endpoint);
    return endpoint;
  }
}

const refused = (code: 'InvalidKey' | 'NoSuchBucket' | 'Other', message: string) =>
  new AttemptError(code, null, message, 'no');
