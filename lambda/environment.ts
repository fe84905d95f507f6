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

export const sampleSource = () => ({ bucket: environment('RUNS_BUCKET'), prefix: samplePrefix });
