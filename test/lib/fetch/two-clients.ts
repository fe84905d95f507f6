import { createSdkClient } from '../../../lib/fetch/clients/sdk-client';
import { createDirectClient } from '../../../lib/fetch/direct/direct-client';
import { fetchObjects } from '../../../lib/fetch/fetch-objects';
import type { FetchObjectsOptions, ObjectToFetch } from '../../../lib/fetch/fetch-options';
import type { ObjectClient } from '../../../lib/fetch/object-client';
import type { FetchRecord } from '../../../lib/fetch/record';
import { optionsOf } from './fetch-from';

export type ClientName = 'direct' | 'sdk';
export const clientNames: readonly ClientName[] = ['direct', 'sdk'];

const credentials = { accessKeyId: 'AKID', secretAccessKey: 'SECRET' };

/** Either client, with the same settings. */
export function clientTo(
  name: ClientName,
  endpoint: string,
  { maxSockets = 8, ca }: { maxSockets?: number; ca?: string } = {},
): ObjectClient {
  const settings = { maxSockets, verifyChecksum: true };
  const place = { endpoint, region: 'us-east-1' };
  if (name === 'sdk')
    return createSdkClient({ ...settings, s3: { ...place, credentials, forcePathStyle: true } });
  return createDirectClient({
    ...settings,
    ...place,
    credentials: () => Promise.resolve(credentials),
    ...(ca !== undefined && { ca }),
  });
}

/** All records; the connections are closed at the end. */
export async function fetchWith(
  client: ObjectClient,
  objects: Iterable<ObjectToFetch> | AsyncIterable<ObjectToFetch>,
  change: Partial<FetchObjectsOptions> = {},
): Promise<FetchRecord[]> {
  const records: FetchRecord[] = [];
  try {
    for await (const record of fetchObjects(objects, optionsOf(client, change))) records.push(record);
  } finally {
    client.closeConnections();
  }
  return records;
}

export const codesOf = ({ attempts }: FetchRecord) => attempts.map(({ error }) => error?.code ?? null);
