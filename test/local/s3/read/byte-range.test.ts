import * as fc from 'fast-check';
import { parseByteRange } from '../../../../local/s3/read/byte-range';

const sizes = fc.nat({ max: 40 });
const positions = fc.nat({ max: 50 });

test('a first and a last byte select what lies between them in the body', () => {
  fc.assert(
    fc.property(sizes, positions, positions, (size, a, b) => {
      const [first, last] = a <= b ? [a, b] : [b, a];
      const body = Array.from({ length: size }, (_, i) => i);
      expect(selected(`bytes=${first}-${last}`, body)).toEqual(
        first < size ? body.slice(first, last + 1) : 'unsatisfiable',
      );
      expect(selected(`bytes=${first}-`, body)).toEqual(first < size ? body.slice(first) : 'unsatisfiable');
    }),
  );
});

test('a suffix selects the end of the body', () => {
  fc.assert(
    fc.property(sizes, positions, (size, suffix) => {
      const body = Array.from({ length: size }, (_, i) => i);
      const expected = suffix > 0 && size > 0 ? body.slice(-suffix) : 'unsatisfiable';
      expect(selected(`bytes=-${suffix}`, body)).toEqual(expected);
    }),
  );
});

test.each(['bytes=0-1,4-5', 'bytes=5-3', 'bytes=-', 'bytes=a-b', 'items=0-1', '0-1', '', undefined])(
  'ignores %s and sends the whole',
  (header) => expect(parseByteRange(header, 10)).toBeNull(),
);

test('numbers beyond all reason are still numbers', () => {
  expect(parseByteRange(`bytes=3-${'9'.repeat(400)}`, 10)).toEqual({ first: 3, last: 9 });
  expect(parseByteRange(`bytes=${'9'.repeat(400)}-`, 10)).toBe('unsatisfiable');
});

function selected(header: string, body: number[]): number[] | 'unsatisfiable' {
  const range = parseByteRange(header, body.length);
  if (range === null) throw new Error('the range was ignored');
  return range === 'unsatisfiable' ? range : body.slice(range.first, range.last + 1);
}
