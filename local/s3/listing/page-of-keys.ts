import { compareKeys } from '../store/key-order';
import type { KeyMap } from '../store/key-map';

/** A key, or the common prefix that stands for all keys below it. */
export type ListEntry<V> = { kind: 'key'; key: string; value: V } | { kind: 'prefix'; prefix: string };

export interface PageRequest {
  prefix: string;
  /** Empty: keys are not grouped. */
  delimiter: string;
  /** The page begins behind this key or common prefix. */
  after: { text: string; kind: 'key' | 'prefix' } | null;
  maxKeys: number;
}

export interface Page<V> {
  entries: ListEntry<V>[];
  isTruncated: boolean;
}

/** One page of a listing in S3's order; keys for which `select` gives undefined are passed over. */
export function pageOfKeys<S, V>(
  keys: KeyMap<S>,
  page: PageRequest,
  select: (stored: S) => V | undefined,
): Page<V> {
  const { prefix, delimiter, maxKeys } = page;
  const ordered = keys.ordered();
  const entries: ListEntry<V>[] = [];
  let at = startOf(keys, page);
  while (at < ordered.length && ordered[at]!.startsWith(prefix)) {
    const key = ordered[at]!;
    const value = select(keys.get(key)!);
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (value === undefined) {
      at++;
      continue;
    }
    if (entries.length === maxKeys) return { entries, isTruncated: true };
    if (cut === -1) {
      entries.push({ kind: 'key', key, value });
      at++;
    } else {
      const commonPrefix = key.slice(0, cut + delimiter.length);
      entries.push({ kind: 'prefix', prefix: commonPrefix });
      at = endOfPrefix(keys, commonPrefix);
    }
  }
  return { entries, isTruncated: false };
}

function startOf<S>(keys: KeyMap<S>, { prefix, after }: PageRequest): number {
  const start = keys.seek((key) => compareKeys(key, prefix) >= 0);
  if (after === null) return start;
  const behind =
    after.kind === 'prefix'
      ? endOfPrefix(keys, after.text)
      : keys.seek((key) => compareKeys(key, after.text) > 0);
  return Math.max(start, behind);
}

function endOfPrefix<S>(keys: KeyMap<S>, prefix: string): number {
  return keys.seek((key) => compareKeys(key, prefix) > 0 && !key.startsWith(prefix));
}
