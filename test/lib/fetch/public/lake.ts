import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { FetchOptions } from '../../../../lib/fetch';
import { type S3Server, startS3Server } from '../../../../local/s3/s3-server';

export const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };

/** An S3 of one's own with the bucket `lake`, and what to give the engine to read from it. */
export interface Lake {
  server: S3Server;
  options: FetchOptions;
  put(key: string, body: Buffer | string): Promise<void>;
  close(): Promise<void>;
}

export async function startLake(): Promise<Lake> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lake-'));
  const server = await startS3Server({ dataDir, credentials, region: 'us-east-1' });
  const sdk = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  await sdk.send(new CreateBucketCommand({ Bucket: 'lake' }));
  return {
    server,
    options: {
      bucket: 'lake',
      endpoint: server.url,
      region: 'us-east-1',
      credentials: () => Promise.resolve(credentials),
    },
    put: async (Key, Body) => {
      const stored = { Bucket: 'lake', Key, Body: Buffer.from(Body), ContentLength: Body.length };
      await sdk.send(new PutObjectCommand({ ...stored, ChecksumAlgorithm: 'CRC64NVME' }));
    },
    close: async () => {
      sdk.destroy();
      await server.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
