import * as fc from 'fast-check';
import { KeyMap } from '../../../../local/s3/store/key-map';
import { compareKeys } from '../../../../local/s3/store/key-order';

const keys = fc.string({ unit: 'binary', maxLength: 6 });

test('keys are compared as their UTF-8 bytes are', () => {
  fc.assert(
    fc.property(keys, keys, (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  expect(compareKeys('\uff5e', '\u{1f600}')).toBeLessThan(0);
});

test('walks its keys in order after any puts, deletes and walks', () => {
  const steps = fc.array(fc.record({ key: keys, does: fc.constantFrom('set', 'set', 'delete', 'walk') }));
  fc.assert(
    fc.property(steps, (all) => {
      const map = new KeyMap<number>();
      const model = new Map<string, number>();
      for (const [i, { key, does }] of all.entries()) {
        if (does === 'set') {
          map.set(key, i);
          model.set(key, i);
        } else if (does === 'delete') {
          map.delete(key);
          model.delete(key);
        } else map.ordered();
      }
      const expected = Array.from(model.keys()).sort((a, b) =>
        Buffer.compare(Buffer.from(a), Buffer.from(b)),
      );
      expect(map.ordered()).toEqual(expected);
      expect(expected.map((key) => map.get(key))).toEqual(expected.map((key) => model.get(key)));
      expect(map.size).toBe(model.size);
    }),
  );
});
