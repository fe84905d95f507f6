import type { Attempt } from '../attempt';
import type { CredentialsProvider } from './credentials';
import { type CredentialsCache, createCredentialsCache } from './credentials-cache';
import { createSigner, type Signer } from './signer';

/** A provider asks a metadata service, a file or a helper program: none of them has an end of its own. */
const credentialsMs = 10_000;

/** A signer a region, made anew when the credentials change. */
export interface SignerSource {
  readonly cache: CredentialsCache;
  /** Null where credentials must be waited for. */
  current(region: string): Signer | null;
  wait(region: string, attempt: Attempt): Promise<Signer>;
}

export function createSignerSource(provider: CredentialsProvider): SignerSource {
  const cache = createCredentialsCache(provider);
  const byRegion = new Map<string, Signer>();
  const current = (region: string) => {
    const credentials = cache.current();
    if (!credentials) return null;
    const known = byRegion.get(region);
    if (known?.credentials === credentials) return known;
    const signer = createSigner(credentials, region);
    byRegion.set(region, signer);
    return signer;
  };
  const wait = async (region: string, attempt: Attempt) => {
    const credentials = await new Promise<Signer['credentials']>((resolve, reject) => {
      attempt.watch({ limitMs: credentialsMs, lateCode: 'Other', giveUp: reject });
      cache.refresh().then(resolve, reject);
    });
    return current(region) ?? createSigner(credentials, region);
  };
  return { cache, current, wait };
}
