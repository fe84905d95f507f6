import type { Params } from './params';
import { ServiceError } from './service-error';

interface Paged<T> {
  all: readonly T[];
  idOf: (item: T) => string;
  /** Only these are shown; a token holds although its item has since left the filter. */
  wanted?: (item: T) => boolean;
  /** What is listed: a token of another list is refused. */
  scope: string;
}

interface Page<T> {
  items: T[];
  nextToken: string | null;
}

/**
 * Cuts the page that `nextToken` and `maxResults` ask for. A token names the last item seen, not a count,
 * so that items that come in front meanwhile shift nothing.
 */
export function cutPage<T>({ all, idOf, wanted = () => true, scope }: Paged<T>, params: Params): Page<T> {
  const size = params.maxResults();
  const token = params.string('nextToken');
  const items: T[] = [];
  for (let at = token === undefined ? 0 : startAfter(all, idOf, scope, token); at < all.length; at++) {
    const item = all[at]!;
    if (!wanted(item)) continue;
    if (items.length === size) return { items, nextToken: encode([scope, idOf(items.at(-1)!)]) };
    items.push(item);
  }
  return { items, nextToken: null };
}

function startAfter<T>(all: readonly T[], idOf: (item: T) => string, scope: string, token: string): number {
  const [tokenScope, id] = decode(token);
  const at = tokenScope === scope ? all.findIndex((item) => idOf(item) === id) : -1;
  if (at < 0) throw new ServiceError('InvalidToken', `Invalid Token: '${token}'`);
  return at + 1;
}

function encode(parts: string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function decode(token: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
