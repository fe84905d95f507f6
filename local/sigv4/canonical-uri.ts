import { uriEncode } from './uri-encode';

const alreadyCanonical = /^[A-Za-z0-9\-._~/]*$/;

/** The path as the client must have signed it: S3 encodes once and keeps dots; every other service encodes twice. */
export function canonicalUri(rawPath: string, service: string): string {
  if (service !== 's3') return encodedTwice(rawPath);
  if (alreadyCanonical.test(rawPath)) return rawPath;
  return rawPath
    .split('/')
    .map((segment) => uriEncode(decodeURIComponent(segment)))
    .join('/');
}

function encodedTwice(rawPath: string): string {
  const segments: string[] = [];
  for (const segment of rawPath.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(uriEncode(segment));
  }
  const trailingSlash = rawPath.endsWith('/') && segments.length > 0 ? '/' : '';
  return `/${segments.join('/')}${trailingSlash}`;
}
