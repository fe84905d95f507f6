import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { startOwnServer } from '../embedded-s3/server-process';
import type { BenchObject } from './bench-objects';
import type { BenchServer } from './bench-server';

const bucket = 'bench';
const region = 'us-east-1';

/** The project's own S3, alone in its process. It checks every signature, and keeps a checksum of every object. */
export async function startEmbeddedS3(folder: string, objects: BenchObject[]): Promise<BenchServer> {
  const server = await startOwnServer(join(folder, 'embedded'));
  const { url, credentials } = server;
  const s3 = new S3Client({ endpoint: url, credentials, region, forcePathStyle: true });
  try {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    for (const object of objects) await put(s3, join(folder, 'data', object.key), object);
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    s3.destroy();
  }
  return {
    name: 'embedded S3',
    credentials,
    region,
    endpoints: { http: url, https: null },
    caFile: null,
    bucketOf: () => bucket,
    // It gives every object a checksum, as S3 does.
    checksums: ['crc64nvme'],
    checksSignatures: true,
    stop: () => server.stop(),
  };
}

async function put(s3: S3Client, file: string, { key, sizeBytes, crc64nvme }: BenchObject): Promise<void> {
  const put = { Bucket: bucket, Key: key, ContentLength: sizeBytes, ChecksumCRC64NVME: crc64nvme };
  await s3.send(new PutObjectCommand({ ...put, Body: createReadStream(file) }));
}
