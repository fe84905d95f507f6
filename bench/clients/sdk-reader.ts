import { GetObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import type { ClientTask } from '../race/client-task';
import { readEach } from './read-each';
import type { BenchClient } from './run-client';

/** @aws-sdk/client-s3 with so many settings and no others; every body is read to its end and dropped. */
export function sdkReader(task: ClientTask, settings: S3ClientConfig): BenchClient {
  const { endpoint, region, credentials } = task;
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, ...settings });
  const read = async (key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: task.bucket, Key: key }));
    let bytes = 0;
    for await (const chunk of Body as Readable) bytes += (chunk as Buffer).length;
    return bytes;
  };
  return { readAll: () => readEach(task, read), close: () => client.destroy() };
}
