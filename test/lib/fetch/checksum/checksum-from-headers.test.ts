import * as fc from 'fast-check';
import { checksumFromHeaders } from '../../../../lib/fetch/checksum/checksum-from-headers';
import { checksumAlgorithms } from '../../../../lib/fetch/checksum/create-checksum';

test.each(checksumAlgorithms)('reads %s', (algorithm) => {
  const headers = { 'x-amz-checksum-type': 'FULL_OBJECT', [`x-amz-checksum-${algorithm}`]: 'AAAA' };
  expect(checksumFromHeaders(headers)).toEqual({ algorithm, value: 'AAAA', type: 'FULL_OBJECT' });
});

test.each([
  ['none given', {}],
  ['only a type', { 'x-amz-checksum-type': 'FULL_OBJECT' }],
  ['an unknown algorithm', { 'x-amz-checksum-xxhash3': 'AAAA' }],
  ['an empty value', { 'x-amz-checksum-crc32': '' }],
])('null for %s', (_, headers) => {
  expect(checksumFromHeaders(headers)).toBeNull();
});

test.each([
  ['without a type', { 'x-amz-checksum-sha256': 'AAAA' }, 'AAAA', 'FULL_OBJECT'],
  [
    'by its type',
    { 'x-amz-checksum-sha256': 'AAAA', 'x-amz-checksum-type': 'COMPOSITE' },
    'AAAA',
    'COMPOSITE',
  ],
  ['by its parts', { 'x-amz-checksum-sha256': 'AAAA-3' }, 'AAAA', 'COMPOSITE'],
  [
    'by its parts, whatever the type says',
    { 'x-amz-checksum-sha256': 'AAAA-12', 'x-amz-checksum-type': 'FULL_OBJECT' },
    'AAAA',
    'COMPOSITE',
  ],
])('a value is full or composite: %s', (_, headers, value, type) => {
  expect(checksumFromHeaders(headers)).toEqual({ algorithm: 'sha256', value, type });
});

test('of several the cheapest to verify is taken, whatever their order', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...checksumAlgorithms], { minLength: 1 }), (given) => {
      const headers = Object.fromEntries(given.map((algorithm) => [`x-amz-checksum-${algorithm}`, 'AAAA']));
      const cheapest = checksumAlgorithms.find((algorithm) => given.includes(algorithm));
      expect(checksumFromHeaders(headers)?.algorithm).toBe(cheapest);
    }),
  );
});

test('a full one is preferred to a cheaper composite one', () => {
  const headers = { 'x-amz-checksum-crc32c': 'AAAA-2', 'x-amz-checksum-sha256': 'BBBB' };
  expect(checksumFromHeaders(headers)).toEqual({ algorithm: 'sha256', value: 'BBBB', type: 'FULL_OBJECT' });
});
