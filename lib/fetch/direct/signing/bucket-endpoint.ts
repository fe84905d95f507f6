import { encodePath } from './encode-path';

/** Where connections go. */
export interface Origin {
  /** Equal for connections that can stand in for each other. */
  id: string;
  secure: boolean;
  /** A name or an address, without brackets. */
  hostname: string;
  port: number;
}

/** Where the objects of a bucket are asked for. */
export interface BucketEndpoint {
  origin: Origin;
  /** The Host header. */
  host: string;
  /** Goes before the encoded key; ends with a slash. */
  pathPrefix: string;
}

/** Virtual-hosted style on AWS, as path style is on its way out there; path style on any other S3. */
export function bucketEndpoint(bucket: string, region: string, endpoint: string | undefined): BucketEndpoint {
  const url = new URL(endpoint ?? regionalEndpoint(region));
  const basePath = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  if (isAws(url.hostname) && isHostLabel(bucket)) return at(url, `${bucket}.${url.hostname}`, basePath);
  return at(url, url.hostname, `${basePath}${encodePath(bucket)?.replaceAll('/', '%2F')}/`);
}

/** A mistake of whoever configured it, so it is thrown before anything is sent. */
export function checkEndpoint(endpoint: string | undefined, region: string): void {
  if (!/^[a-z0-9-]{1,64}$/.test(region)) throw new TypeError('region: write one such as eu-west-1');
  if (endpoint === undefined) return;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new TypeError('endpoint: write a URL such as https://s3.eu-west-1.amazonaws.com');
}

function at(url: URL, hostname: string, pathPrefix: string): BucketEndpoint {
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const bare = hostname.replace(/^\[|\]$/g, '');
  return {
    origin: { id: `${url.protocol}//${hostname}:${port}`, secure, hostname: bare, port },
    host: url.port === '' ? hostname : `${hostname}:${url.port}`,
    pathPrefix,
  };
}

const regionalEndpoint = (region: string) =>
  `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

const isAws = (hostname: string) => /(^|\.)amazonaws\.com(\.cn)?$/.test(hostname);

// Not with dots: the certificate's wildcard stands for one label only.
const isHostLabel = (bucket: string) => /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket);
