import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { randomBytes } from 'node:crypto';
import type { ServerProcess } from './server-process';

/** Requests as they stand on the wire, signed by the SDK a moment ago: sending them costs the client next to nothing. */
export interface Load {
  port: number;
  requests: Buffer[];
}

interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
}

const objectCount = 50;

export async function prepareLoad(server: ServerProcess, objectBytes: number): Promise<Load> {
  const { url, credentials } = server;
  const Bucket = 'bench';
  const config = { endpoint: url, credentials, region: 'us-east-1', forcePathStyle: true };
  // s3rver keeps the aws-chunked framing as data; without a checksum the SDK sends none.
  const client = new S3Client({ ...config, requestChecksumCalculation: 'WHEN_REQUIRED' });
  await client.send(new CreateBucketCommand({ Bucket }));
  const requests: Buffer[] = [];
  for (let i = 0; i < objectCount; i++) {
    const Key = `objects/${String(i).padStart(4, '0')}.bin`;
    await client.send(new PutObjectCommand({ Bucket, Key, Body: randomBytes(objectBytes) }));
    requests.push(await signedRequest(config, new GetObjectCommand({ Bucket, Key })));
  }
  client.destroy();
  return { port: Number(new URL(url).port), requests };
}

/** Lets the SDK sign, and takes the request from it just before the socket. */
async function signedRequest(config: S3ClientConfig, command: GetObjectCommand): Promise<Buffer> {
  let taken: WireRequest | undefined;
  const requestHandler = {
    handle: (request: WireRequest) => {
      taken = request;
      return Promise.reject(new Error('taken'));
    },
  };
  await new S3Client({ ...config, requestHandler, maxAttempts: 1 }).send(command).catch(() => {});
  const { method, path, headers } = taken!;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path}?x-id=GetObject HTTP/1.1\r\n${lines.join('')}\r\n`);
}
