/** What the server offers, and what a client that can verifies. */
export type Checksum = 'none' | 'crc64nvme';

export const schemes = ['http', 'https'] as const;
export type Scheme = (typeof schemes)[number];

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Everything that a client needs to do its work; a child process gets it as JSON. */
export interface ClientTask {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  bucket: string;
  region: string;
  credentials: Credentials;
  /** The server's certificate, to be trusted; null on http. */
  caFile: string | null;
  checksum: Checksum;
  workload: string;
  objects: number;
  sizeBytes: number;
  concurrency: number;
  /** Passes over all objects, the cold one included. */
  passes: number;
}
