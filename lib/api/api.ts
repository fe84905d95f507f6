import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { RunStore } from '../run/run-store';

/** What the API is made of. */
export interface Api {
  /** Where the objects lie. */
  s3: S3Client;
  sfn: SFNClient;
  store: RunStore;
  stateMachineArn: string;
  /** The JSON given at deploy time, or `*` on one machine. */
  allowedSources: string;
  sample: { bucket: string; prefix: string } | null;
}

export interface ApiRequest {
  method: string;
  /** The route's template, e.g. `/runs/{runId}`. */
  resource: string;
  runId: string | null;
  query: Record<string, string | undefined>;
  headers: Record<string, string | undefined>;
  body: string;
  /** What stands before `/runs` in links: the stage, or nothing. */
  stagePath: string;
}

export interface ApiAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

export function json(statusCode: number, value: unknown): ApiAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: `${JSON.stringify(value)}\n`,
  };
}
