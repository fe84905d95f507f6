import type { BenchObject } from './bench-objects';

/** One page of ListObjectsV2, for the clients that cannot be given a list of keys. */
export function objectListXml(bucket: string, objects: readonly BenchObject[]): string {
  const rows = objects.map(
    ({ key, sizeBytes }) =>
      `<Contents><Key>${key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>${sizeBytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><KeyCount>${objects.length}</KeyCount><MaxKeys>${objects.length}</MaxKeys><IsTruncated>false</IsTruncated>
${rows.join('\n')}
</ListBucketResult>
`;
}
