import { type AllowedSource, everySource, parseAllowedSources } from '../lib/run/allowed-sources';
import { samplePrefix } from '../lib/run/sample-objects';

/** A variable that the stack sets. Throws where it does not. */
export function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`);
  return value;
}

/** What was allowed at deploy time; `*` is what the local machine says, where everything is the user's own. */
export function allowedSources(): AllowedSource[] {
  const json = environment('ALLOWED_SOURCES');
  return json === '*' ? [everySource] : parseAllowedSources(json);
}

/** Null where objects come from an S3 that has no sample objects: then the request must name a bucket. */
export function sampleSource(): { bucket: string; prefix: string } | null {
  if (process.env['SOURCE_ENDPOINT_URL']) return null;
  return { bucket: environment('RUNS_BUCKET'), prefix: samplePrefix };
}

export interface SourceS3 {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  forcePathStyle?: boolean;
}

/** The S3 that objects are fetched from: the account's own, unless the local machine names another. */
export function sourceS3(): SourceS3 {
  const endpoint = process.env['SOURCE_ENDPOINT_URL'];
  if (!endpoint) return {};
  const credentials = JSON.parse(environment('SOURCE_CREDENTIALS')) as SourceS3['credentials'] & object;
  return { endpoint, region: environment('SOURCE_REGION'), credentials, forcePathStyle: true };
}
