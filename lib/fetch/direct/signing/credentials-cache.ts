import type { Credentials, CredentialsProvider } from './credentials';

/** AWS's SDKs refresh this long before the end as well, so that nothing signed with them ends on its way. */
const refreshBeforeMs = 5 * 60_000;
/** A provider whose credentials are near their end each time, or that fails, is not asked for every request. */
const askAgainMs = 30_000;

/** Credentials asked for once and kept until shortly before they expire, however many requests want them. */
export interface CredentialsCache {
  /** Null where the provider must be asked. */
  current(): Credentials | null;
  /** Asks the provider; whoever comes meanwhile gets the same answer. */
  refresh(): Promise<Credentials>;
  /** S3 called these expired. True where asking the provider once more may help. */
  refuse(refused: Credentials): boolean;
  /** S3 took what was signed with the present ones. */
  accept(): void;
}

export function createCredentialsCache(provider: CredentialsProvider): CredentialsCache {
  let current: Credentials | null = null;
  let refreshAtMs = 0;
  let refreshing: Promise<Credentials> | null = null;
  /** The present ones were fetched because S3 refused others. */
  let afterRefusal = false;

  const keep = (credentials: Credentials) => {
    const expiresMs = endMs(credentials);
    current = credentials;
    refreshAtMs = Math.max(expiresMs - refreshBeforeMs, Math.min(expiresMs, Date.now() + askAgainMs));
    return credentials;
  };
  const ask = async () => {
    try {
      return keep(await provider());
    } catch (error) {
      if (!current || endMs(current) <= Date.now()) throw error;
      return keep(current);
    }
  };

  return {
    current: () => (Date.now() < refreshAtMs ? current : null),
    refresh: () =>
      (refreshing ??= ask().finally(() => {
        refreshing = null;
      })),
    refuse(refused) {
      if (current !== refused) return true;
      if (afterRefusal) return false;
      current = null;
      afterRefusal = true;
      return true;
    },
    accept() {
      afterRefusal = false;
    },
  };
}

const endMs = ({ expiration }: Credentials) => expiration?.getTime() ?? Infinity;
