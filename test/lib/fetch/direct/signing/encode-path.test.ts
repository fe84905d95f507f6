import * as fc from 'fast-check';
import { encodePath } from '../../../../../lib/fetch/direct/signing/encode-path';

test.each([
  ['data/2026/a-b_c.~1.pq', 'data/2026/a-b_c.~1.pq'],
  ['../x', '../x'],
  ['a//b/./c', 'a//b/./c'],
  ['/lead', '/lead'],
  ['a b+c%2F', 'a%20b%2Bc%252F'],
  ["!'()*", '%21%27%28%29%2A'],
  ['new\nline\0', 'new%0Aline%00'],
  ['é😀', '%C3%A9%F0%9F%98%80'],
  ['?#&=', '%3F%23%26%3D'],
])('%j becomes %j', (key, path) => {
  expect(encodePath(key)).toBe(path);
});

test('a lone surrogate has no path', () => {
  expect(encodePath('a\ud800b')).toBeNull();
});

test('every key comes back, and its path holds nothing but what S3 leaves as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (key) => {
      const path = encodePath(key);
      expect(path).toMatch(/^(?:[A-Za-z0-9\-._~/]|%[0-9A-F]{2})*$/);
      expect(decodeURIComponent(path!)).toBe(key);
    }),
  );
});
