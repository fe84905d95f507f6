import type { Checksum, Credentials, Scheme } from '../race/client-task';

/** A server that holds the objects of the bench. */
export interface BenchServer {
  name: string;
  credentials: Credentials;
  region: string;
  /** Null where the server does not speak the scheme. */
  endpoints: Record<Scheme, string | null>;
  /** The certificate to trust for https. */
  caFile: string | null;
  bucketOf: (checksum: Checksum) => string;
  checksums: Checksum[];
  /** Knows the signature of every request, or refuses it. */
  checksSignatures: boolean;
  stop: () => Promise<void>;
}
