import { createCipheriv, createHash } from 'node:crypto';
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { MiB } from './sizes';

/** The three objects of some tens of megabytes that a run takes when it is told nothing else. */
export const samplePrefix = 'sample_files/';
const sampleSizeBytes = 30 * MiB;
const sampleKeys = [1, 2, 3].map((n) => `${samplePrefix}large_file_${n}.pq`);

/** Makes the sample objects that are not there yet; what is there is kept. */
export async function ensureSampleObjects(s3: S3Client, bucket: string): Promise<void> {
  for (const key of sampleKeys) {
    if ((await sizeOf(s3, bucket, key)) === sampleSizeBytes) continue;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: sampleBytes(key) }));
  }
}

async function sizeOf(s3: S3Client, bucket: string, key: string): Promise<number | null> {
  try {
    return (await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ContentLength ?? null;
  } catch (error) {
    if ((error as Error).name === 'NotFound') return null;
    throw error;
  }
}

// The same bytes for the same key everywhere, and nothing that a path could compress.
function sampleBytes(seed: string): Buffer {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(sampleSizeBytes));
}
