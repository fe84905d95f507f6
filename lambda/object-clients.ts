import { awsSettings } from '../lib/fetch/aws-settings';
import { createSdkClient } from '../lib/fetch/clients/sdk-client';
import { createDirectClient } from '../lib/fetch/direct/direct-client';
import { Hedging } from '../lib/fetch/hedging';
import type { ObjectClient } from '../lib/fetch/object-client';
import type { HedgeName } from '../lib/run/request-fields';
import type { Engine } from '../lib/run/run-share';
import type { Variant } from '../lib/run/variants';
import { sourceS3 } from './environment';

interface Settings {
  maxSockets: number;
  verifyChecksum: boolean;
}

const engines = new Map<string, Promise<Engine>>();

/** What a variant fetches with, made once a sandbox: later trials find it warm, as in a Lambda in use. */
export function engineFor(
  { id, client, concurrency, hedge }: Variant,
  checksum: 'auto' | 'none',
): Promise<Engine> {
  const key = `${id} ${checksum}`;
  const existing = engines.get(key);
  if (existing) return existing;
  const settings = { maxSockets: socketsFor(concurrency, hedge), verifyChecksum: checksum === 'auto' };
  const hedging = hedge === 'off' ? undefined : new Hedging(Number(hedge.slice(1)));
  const made = (client === 'direct' ? direct(settings) : sdk(settings)).then((client) => ({
    client,
    hedging,
  }));
  engines.set(key, made);
  // What could not be made may be made the next time.
  made.catch(() => engines.delete(key));
  return made;
}

// A hedge needs a connection beside the slow one.
const socketsFor = (concurrency: number, hedge: HedgeName) =>
  hedge === 'off' ? concurrency : 2 * concurrency;

async function sdk(settings: Settings): Promise<ObjectClient> {
  return createSdkClient({ ...settings, s3: sourceS3() });
}

async function direct(settings: Settings): Promise<ObjectClient> {
  const { credentials, ...source } = sourceS3();
  const given = credentials ? { ...source, credentials: async () => credentials } : {};
  return createDirectClient({ ...(await awsSettings(given)), ...settings });
}
