import type { Credentials, CredentialsProvider } from './credentials';

/** AWS's SDKs refresh this long before the end as well, so that nothing signed with them ends on its way. */
const refreshBeforeMs = 5 * 60_000;
/** A provider whose credentials are near their end each time, or that fails, is not asked for every request. */
const askAgainMs = 30_000;

/** Credentials asked for once and kept until shortly before they expire, however many requests want them. */
export class CredentialsCache {
  readonly #provider: CredentialsProvider;
  #current: Credentials | null = null;
  #refreshAtMs = 0;
  #refresh: Promise<Credentials> | null = null;
  /** The present ones were fetched because S3 refused others. */
  #afterRefusal = false;

  constructor(provider: CredentialsProvider) {
    this.#provider = provider;
  }

  /** Null where the provider must be asked. */
  current(): Credentials | null {
    return Date.now() < this.#refreshAtMs ? this.#current : null;
  }

  /** Asks the provider; whoever comes meanwhile gets the same answer. */
  refresh(): Promise<Credentials> {
    this.#refresh ??= this.#ask().finally(() => {
      this.#refresh = null;
    });
    return this.#refresh;
  }

  /** S3 called these expired. True where asking the provider once more may help. */
  refuse(refused: Credentials): boolean {
    if (this.#current !== refused) return true;
    if (this.#afterRefusal) return false;
    this.#current = null;
    this.#afterRefusal = true;
    return true;
  }

  /** S3 took what was signed with the present ones. */
  accept(): void {
    this.#afterRefusal = false;
  }

  async #ask(): Promise<Credentials> {
    try {
      this.#keep(await this.#provider());
    } catch (error) {
      if (!this.#current || endMs(this.#current) <= Date.now()) throw error;
      this.#keep(this.#current);
    }
    return this.#current!;
  }

  #keep(credentials: Credentials): void {
    const expiresMs = endMs(credentials);
    this.#current = credentials;
    this.#refreshAtMs = Math.max(expiresMs - refreshBeforeMs, Math.min(expiresMs, Date.now() + askAgainMs));
  }
}

const endMs = ({ expiration }: Credentials) => expiration?.getTime() ?? Infinity;
