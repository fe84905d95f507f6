/**
 * What is wrong with a bucket's name, or null.
 * Rules: docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html (read 2026-11).
 */
export function bucketNameProblem(name: string): string | null {
  if (name.startsWith('arn:')) return 'is an ARN, not a name';
  if (name.startsWith('s3://')) return 'is a URL, not a name';
  if (name.includes('/')) return 'has a slash: a bucket has a name only, the rest is the prefix';
  if (name.endsWith('--x-s3')) return 'is a directory bucket, which is not supported';
  if (name.endsWith('-s3alias') || name.endsWith('--ol-s3')) return 'is an access point alias, not a bucket';
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return 'looks like an IP address';
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..'))
    return 'is no bucket name: 3 to 63 lower-case letters, digits, dots and hyphens';
  return null;
}

/** S3 keys are 1 to 1,024 bytes of UTF-8: userguide/object-keys.html (read 2026-11). */
const maxKeyBytes = 1024;

/** What is wrong with an object's key (or with a prefix), or null. */
export function objectKeyProblem(key: string): string | null {
  if (key === '') return 'is empty: no object has an empty key';
  return prefixProblem(key);
}

export function prefixProblem(prefix: string): string | null {
  if (!prefix.isWellFormed()) return 'is not valid UTF-8: it holds half of a surrogate pair';
  if (Buffer.byteLength(prefix) > maxKeyBytes) return `is longer than ${maxKeyBytes} bytes`;
  return null;
}
