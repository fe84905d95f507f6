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
  let result = headers;
  for (const [parameter, value] of query) {
    const name = parameter.startsWith('response-') ? parameter.slice('response-'.length) : '';
    if (!overridable.includes(name)) continue;
    if (!headerSafe.test(value))
      throw new S3Error('InvalidArgument', `response-${name} holds a character no header may have`);
    if (result === headers) result = [...headers];
    const at = result.findIndex((item, i) => i % 2 === 0 && item === name);
    if (at === -1) result.push(name, value);
    else result[at + 1] = value;
  }
  return result;
}
