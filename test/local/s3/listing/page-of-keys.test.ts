import * as fc from 'fast-check';
import { decodeToken, encodeToken } from '../../../../local/s3/listing/continuation-token';
import {
  type ListEntry,
  type Page,
  type PageRequest,
  pageOfKeys,
} from '../../../../local/s3/listing/page-of-keys';
import { KeyMap } from '../../../../local/s3/store/key-map';

const keyText = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '//', '\u{1f600}', '\uff5e', '\n'),
  maxLength: 6,
});

test('the pages together are the whole listing, each key or group once and in order', () => {
  const listings = fc.record({
    keys: fc.uniqueArray(keyText, { maxLength: 40 }),
    hidden: fc.uniqueArray(keyText, { maxLength: 5 }),
    prefix: fc.constantFrom('', 'a', 'a/', '/', 'b//'),
    delimiter: fc.constantFrom('', '/', '//', 'b'),
    maxKeys: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(listings, ({ keys, hidden, prefix, delimiter, maxKeys }) => {
      const map = new KeyMap<boolean>();
      for (const key of keys) map.set(key, !hidden.includes(key));
      const visible = keys.filter((key) => !hidden.includes(key));
      expect(allPages(map, prefix, delimiter, maxKeys)).toEqual(expectedNames(visible, prefix, delimiter));
    }),
  );
});

test('a token is only what this server gave out', () => {
  expect(() => decodeToken('nonsense')).toThrow('continuation token');
  expect(() => decodeToken('')).toThrow('continuation token');
});

function allPages(map: KeyMap<boolean>, prefix: string, delimiter: string, maxKeys: number): string[] {
  const names: string[] = [];
  let token: string | null = null;
  do {
    const after: PageRequest['after'] = token === null ? null : decodeToken(token);
    const page: Page<boolean> = pageOfKeys(
      map,
      { prefix, delimiter, maxKeys, after },
      (shown) => shown || undefined,
    );
    expect(page.entries.length).toBeLessThanOrEqual(maxKeys);
    names.push(...page.entries.map(nameOf));
    token = page.isTruncated ? encodeToken(page.entries.at(-1)!) : null;
  } while (token !== null);
  return names;
}

const nameOf = (entry: ListEntry<unknown>) => (entry.kind === 'key' ? entry.key : entry.prefix);

function expectedNames(keys: string[], prefix: string, delimiter: string): string[] {
  const names = new Set<string>();
  for (const key of keys.filter((key) => key.startsWith(prefix))) {
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    names.add(cut === -1 ? key : key.slice(0, cut + delimiter.length));
  }
  return Array.from(names).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
