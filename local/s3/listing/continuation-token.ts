import { S3Error } from '../s3-error';
import type { ListEntry, PageRequest } from './page-of-keys';

type Position = NonNullable<PageRequest['after']>;

/** Where a page ended, in a form that clients have no reason to read. */
export function encodeToken(entry: ListEntry<unknown>): string {
  const position = entry.kind === 'key' ? `k${entry.key}` : `p${entry.prefix}`;
  return Buffer.from(position).toString('base64url');
}

export function decodeToken(token: string): Position {
  const position = Buffer.from(token, 'base64url').toString();
  const kind = position.startsWith('k') ? 'key' : 'prefix';
  const isOurs = /^[kp]/.test(position) && Buffer.from(position).toString('base64url') === token;
  if (!isOurs) throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect');
  return { kind, text: position.slice(1) };
}
