import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import type { TailTask } from './tail-task';

/** The SDK as it comes. */
export async function readWithSdk({ endpoint, requests, concurrency }: TailTask): Promise<number[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
  const s3 = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  const durationsMs: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < requests) {
      const startMs = performance.now();
      const command = new GetObjectCommand({ Bucket: 'bench', Key: `tail/${next++}.bin` });
      const { Body } = await s3.send(command);
      for await (const chunk of Body as Readable) void chunk;
      durationsMs.push(performance.now() - startMs);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  s3.destroy();
  return durationsMs;
}
