import type { RequestField } from '../../lib/run/request-fields';
import { requestFields } from '../../lib/run/request-fields';
import { UsageError } from './usage-error';

type Kind = 'text' | 'number' | 'switch' | 'texts' | 'numbers' | 'settings';

/** How each field of the request is written on the command line. */
const kinds: Record<Exclude<RequestField, 'version'>, Kind> = {
  bucket: 'text',
  prefix: 'text',
  keys: 'texts',
  manifest: 'text',
  strategies: 'texts',
  clients: 'texts',
  concurrency: 'numbers',
  partSize: 'text',
  memorySizes: 'numbers',
  num: 'number',
  warmup: 'number',
  checksum: 'text',
  optimizeFor: 'text',
  balancedWeight: 'number',
  timeouts: 'settings',
  hedge: 'texts',
  maxAttempts: 'number',
  thresholds: 'settings',
  seed: 'number',
  dryRun: 'switch',
};
type FlagField = keyof typeof kinds;
const fields = Object.keys(kinds) as FlagField[];

/** What stands behind a flag in the help. */
const placeholders: Record<Kind, string> = {
  text: 'TEXT',
  number: 'N',
  switch: '',
  texts: 'A,B,…',
  numbers: 'N,N,…',
  settings: 'NAME=N,…',
};

const flagOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A flag for each field of the request, for `parseArgs`. */
export function requestFlagOptions(): Record<string, { type: 'string' | 'boolean' }> {
  return Object.fromEntries(
    fields.map((field) => [flagOf(field), { type: kinds[field] === 'switch' ? 'boolean' : 'string' }]),
  );
}

export function requestFlagHelp(): [flag: string, what: string][] {
  return fields.map((field) => [
    `--${flagOf(field)} ${placeholders[kinds[field]]}`,
    requestFields[field].what,
  ]);
}

/** Parsed flags → fields of a request. What is no number stays text: the request's check names the field. */
export function requestFromFlags(values: Record<string, unknown>): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  for (const field of fields) {
    const value = values[flagOf(field)];
    if (value !== undefined) request[field] = valueOf(field, value as string | boolean);
  }
  return request;
}

function valueOf(field: FlagField, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  switch (kinds[field]) {
    case 'number':
      return numberOrText(value);
    case 'texts':
      return value.split(',');
    case 'numbers':
      return value.split(',').map(numberOrText);
    case 'settings':
      return Object.fromEntries(value.split(',').map((setting) => nameAndNumber(field, setting)));
    default:
      return value;
  }
}

function nameAndNumber(field: FlagField, setting: string): [string, unknown] {
  const at = setting.indexOf('=');
  if (at < 1)
    throw new UsageError(
      `--${flagOf(field)}: ${setting} is not NAME=N`,
      `--${flagOf(field)} ${example(field)}`,
    );
  return [setting.slice(0, at), numberOrText(setting.slice(at + 1))];
}

const example = (field: FlagField) => (field === 'timeouts' ? 'connectMs=2000' : 'failed=0,p99Ms=500');

function numberOrText(text: string): number | string {
  return /^-?\d+(\.\d+)?(e\d+)?$/i.test(text) ? Number(text) : text;
}
