import { join } from 'node:path';
import type { SourceS3 } from '../../../local/machine/source-s3';
import { startS3Server } from '../../../local/s3/s3-server';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { tempFolder } from './temp-folder';

const credentials = { accessKeyId: 'watched', secretAccessKey: 'watched-secret' };
const region = 'eu-west-1';

/** An S3 of the user's own that counts its GETs and can hold them back. */
export interface WatchedS3 {
  source: SourceS3;
  /** The keys of the GETs so far, in the order of their arrival. */
  readonly gets: string[];
  /** Everything that was asked of it. */
  readonly operations: Set<string>;
  /** GETs that are being answered right now, and the most that ever were. */
  inFlight: number;
  mostInFlight: number;
  /** What every GET waits for before it is answered. */
  beforeGet: (key: string) => Promise<void> | void;
  put(key: string, body: string | Buffer): Promise<void>;
  reset(): void;
  close(): Promise<void>;
}

/** The bucket that it has. */
export const watchedBucket = 'watched-bucket';

export async function startWatchedS3(): Promise<WatchedS3> {
  const folder = tempFolder();
  const server = await startS3Server({
    dataDir: join(folder.path, 's3'),
    credentials,
    region,
    intercept: async (operation, { key }, proceed) => {
      watched.operations.add(operation);
      if (operation !== 'GetObject') return proceed();
      watched.gets.push(key);
      watched.mostInFlight = Math.max(watched.mostInFlight, ++watched.inFlight);
      try {
        await watched.beforeGet(key);
        await proceed();
      } finally {
        watched.inFlight--;
      }
    },
  });
  server.store.createBucket(watchedBucket);
  const client = new S3Client({ endpoint: server.url, region, credentials, forcePathStyle: true });
  const watched: WatchedS3 = {
    source: { endpoint: server.url, region, credentials },
    gets: [],
    operations: new Set(),
    inFlight: 0,
    mostInFlight: 0,
    beforeGet: () => {},
    put: async (Key, Body) =>
      void (await client.send(new PutObjectCommand({ Bucket: watchedBucket, Key, Body }))),
    reset: () => {
      watched.gets.length = 0;
      watched.operations.clear();
      watched.mostInFlight = 0;
      watched.beforeGet = () => {};
    },
    close: async () => {
      client.destroy();
      await server.close();
      folder.remove();
    },
  };
  return watched;
}

/** For runs whose GETs are held: a fetcher on a busy machine must not give up first. */
export const patientTimeouts = { connectMs: 60_000, firstByteMs: 60_000, stallMs: 60_000 };

/** The same for the command line. */
export const patientFlag = [
  '--timeouts',
  Object.entries(patientTimeouts)
    .map((one) => one.join('='))
    .join(','),
];

/** Holds every GET until `count` of them wait together; never opens where fewer can be in flight. */
export function barrier(count: number): () => Promise<void> {
  let waiting = 0;
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return () => {
    if (++waiting >= count) open();
    return opened;
  };
}
