import { S3Error } from '../s3-error';

const overridable = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
];
const headerSafe = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Applies `?response-content-type=…` and its kin. */
export function overrideHeaders(headers: string[], query: ReadonlyMap<string, string>): string[] {
  const result = [...headers];
  for (const name of overridable) {
    const value = query.get(`response-${name}`);
    if (value === undefined) continue;
    if (!headerSafe.test(value))
      throw new S3Error('InvalidArgument', `response-${name} holds a character no header may have`);
    const at = result.findIndex((item, i) => i % 2 === 0 && item === name);
    if (at === -1) result.push(name, value);
    else result[at + 1] = value;
  }
  return result;
}
