import { createSdkClient } from '../../../lib/fetch/clients/sdk-client';
import { startClock } from '../../../lib/fetch/clock';
import { fetchObjects } from '../../../lib/fetch/fetch-objects';
import type { FetchObjectsOptions, ObjectToFetch } from '../../../lib/fetch/fetch-options';
import type { GetRequest, ObjectClient } from '../../../lib/fetch/object-client';
import type { FetchRecord } from '../../../lib/fetch/record';
import { useOneErrorClass } from './one-realm';
import { etag } from './replies';

useOneErrorClass();

/** Where a timeout is what is tested. */
export const shortTimeouts = { connectMs: 3_000, firstByteMs: 200, stallMs: 150 };
/** Where it is not: a busy machine must not be taken for a slow server. */
const longTimeouts = { connectMs: 4_000, firstByteMs: 4_000, stallMs: 4_000 };

export const clientOf = (url: string, maxSockets = 4): ObjectClient =>
  createSdkClient({
    maxSockets,
    verifyChecksum: true,
    s3: {
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKID', secretAccessKey: 'SECRET' },
      forcePathStyle: true,
    },
  });

export const requestOf = (change: Partial<GetRequest> = {}): GetRequest => ({
  bucket: 'lake',
  key: 'a.pq',
  range: null,
  etag: null,
  expectedBytes: null,
  timeouts: longTimeouts,
  signal: undefined,
  ...change,
});

export const objectOf = (body: Buffer | null, index = 0): ObjectToFetch => ({
  index,
  key: `data/${index}.pq`,
  sizeBytes: body && body.length,
  etag: body && etag,
});

export const optionsOf = (
  client: ObjectClient,
  change: Partial<FetchObjectsOptions> = {},
): FetchObjectsOptions => ({
  client,
  bucket: 'lake',
  timeouts: longTimeouts,
  maxAttempts: 3,
  // Full jitter at its lowest: no test waits for a backoff.
  random: () => 0,
  concurrency: 4,
  partSizeBytes: null,
  clock: startClock(),
  stamp: { trial: 'concurrent-4-sdk#1', sandbox: 'sandbox-1', coldStart: false },
  ...change,
});

/** Fetches everything and closes its connections. */
export async function fetchAll(
  url: string,
  objects: readonly ObjectToFetch[],
  change: Partial<FetchObjectsOptions> = {},
): Promise<FetchRecord[]> {
  const client = clientOf(url, change.concurrency ?? 4);
  const records: FetchRecord[] = [];
  for await (const record of fetchObjects(objects, optionsOf(client, change))) records.push(record);
  client.closeConnections();
  return records;
}
