import type { Attempt } from '../attempt';
import type { CredentialsProvider } from './credentials';
import { CredentialsCache } from './credentials-cache';
import { Signer } from './signer';

/** A provider asks a metadata service, a file or a helper program: none of them has an end of its own. */
const credentialsMs = 10_000;

/** A signer a region, made anew when the credentials change. */
export class SignerSource {
  readonly cache: CredentialsCache;
  readonly #byRegion = new Map<string, Signer>();

  constructor(provider: CredentialsProvider) {
    this.cache = new CredentialsCache(provider);
  }

  /** Null where credentials must be waited for. */
  current(region: string): Signer | null {
    const credentials = this.cache.current();
    if (!credentials) return null;
    const known = this.#byRegion.get(region);
    if (known?.credentials === credentials) return known;
    const signer = new Signer(credentials, region);
    this.#byRegion.set(region, signer);
    return signer;
  }

  async wait(region: string, attempt: Attempt): Promise<Signer> {
    const credentials = await new Promise<Signer['credentials']>((resolve, reject) => {
      attempt.watch({ limitMs: credentialsMs, lateCode: 'Other', giveUp: reject });
      this.cache.refresh().then(resolve, reject);
    });
    return this.current(region) ?? new Signer(credentials, region);
  }
}
