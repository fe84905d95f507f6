import { awsSettings } from '../lib/fetch/aws-settings';
import { createSdkClient } from '../lib/fetch/clients/sdk-client';
import { createDirectClient } from '../lib/fetch/direct/direct-client';
import type { ObjectClient } from '../lib/fetch/object-client';
import type { Variant } from '../lib/run/variants';
import { sourceS3 } from './environment';

const clients = new Map<string, Promise<ObjectClient>>();

/** The client of a variant, made once a sandbox. */
export function clientFor(
  { client, concurrency }: Variant,
  checksum: 'auto' | 'none',
): Promise<ObjectClient> {
  const id = `${client} ${concurrency} ${checksum}`;
  const existing = clients.get(id);
  if (existing) return existing;
  const settings = { maxSockets: concurrency, verifyChecksum: checksum === 'auto' };
  const made =
    client === 'direct'
      ? direct(settings)
      : Promise.resolve(createSdkClient({ ...settings, s3: sourceS3() }));
  clients.set(id, made);
  return made;
}

async function direct(settings: { maxSockets: number; verifyChecksum: boolean }): Promise<ObjectClient> {
  const { credentials, ...source } = sourceS3();
  const given = credentials ? { ...source, credentials: async () => credentials } : {};
  return createDirectClient({ ...(await awsSettings(given)), ...settings });
}
