import * as fc from 'fast-check';
import { backoffMs } from '../../../lib/fetch/backoff';
import { failureCodes, kindOfError } from '../../../lib/fetch/failure';
import { partsOf } from '../../../lib/fetch/parts';
import { lengthFailure, parseContentRange, responseFailure } from '../../../lib/fetch/response-check';
import { requestOf } from './fetch-from';

test('parts cover every byte exactly once, in order, none larger than asked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 600 }), (size, partSize) => {
      let next = 0;
      const wrong = partsOf(size, partSize).filter(({ from, to }) => {
        const right = from === next && to! >= from && to! - from < partSize;
        next = to! + 1;
        return !right;
      });
      expect(wrong).toEqual([]);
      expect(next).toBe(size);
    }),
  );
});

test('a Content-Range is read as it was written', () => {
  const size = fc.option(fc.nat({ max: 2 ** 50 }));
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 50 }), fc.nat({ max: 2 ** 50 }), size, (from, length, more) => {
      const to = from + length;
      const total = more === null ? null : to + 1 + more;
      expect(parseContentRange(`bytes ${from}-${to}/${total ?? '*'}`)).toEqual({ from, to, size: total });
    }),
  );
});

test.each([
  null,
  '',
  'bytes',
  'bytes */100',
  'bytes 5-4/100',
  'bytes 0-99/99',
  'bytes 0-9/100 ',
  'bytes 0-9/100\nx',
  'bytes=0-9/100',
  'items 0-9/100',
  'bytes 0x1-9/100',
  `bytes 0-${'9'.repeat(17)}/*`,
])('%j is no Content-Range', (text) => {
  expect(parseContentRange(text)).toBeNull();
});

test('whatever a server writes there, it is read or refused, never thrown over', () => {
  const pieces = fc.constantFrom('bytes ', '-', '/', '*', '0', '7', '99', ' ', 'x', '\r', '²');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((all) => all.join('')),
      ),
      (text) => {
        const range = parseContentRange(text);
        if (range) expect(`bytes ${range.from}-${range.to}`).toBe(normal(text.split('/')[0]!));
      },
    ),
  );
});

const normal = (text: string) => text.replace(/\d+/g, (digits) => String(Number(digits)));

const range = { from: 10, to: 19 };
test.each([
  ['the range', requestOf({ range, expectedBytes: 10 }), 206, 10, 'bytes 10-19/99', null],
  ['an open range', requestOf({ range: { from: 10, to: null } }), 206, 89, 'bytes 10-98/99', null],
  ['the whole', requestOf({ expectedBytes: 99 }), 200, 99, null, null],
  ['the whole, of unknown size', requestOf(), 200, 12, null, null],
  ['no length at all', requestOf({ expectedBytes: 99 }), 200, null, null, null],
  ['the whole for a range', requestOf({ range }), 200, 99, null, 'RangeIgnored'],
  ['no Content-Range', requestOf({ range }), 206, 10, null, 'ContentRangeMismatch'],
  ['an earlier range', requestOf({ range }), 206, 10, 'bytes 9-18/99', 'ContentRangeMismatch'],
  ['a shorter range', requestOf({ range }), 206, 9, 'bytes 10-18/99', 'ContentRangeMismatch'],
  [
    'a range of one byte less',
    requestOf({ range, expectedBytes: 10 }),
    206,
    9,
    'bytes 10-19/99',
    'ContentRangeMismatch',
  ],
  ['a byte less', requestOf({ expectedBytes: 99 }), 200, 98, null, 'ShortBody'],
  ['a byte more', requestOf({ expectedBytes: 99 }), 200, 100, null, 'LongBody'],
])('%s is answered', (_, request, status, contentLength, contentRange, code) => {
  const head = { status, contentLength, contentRange, etag: null };
  expect(responseFailure(request, head)?.code ?? null).toBe(code);
});

test('a length that nobody knew is no failure', () => {
  expect(lengthFailure({ expectedBytes: null }, 5, 'body')).toBeNull();
  expect(lengthFailure({ expectedBytes: 5 }, 5, 'body')).toBeNull();
});

test('a backoff lies between nothing and a ceiling that doubles up to its most', () => {
  const retries = fc.constantFrom<'transient' | 'throttled'>('transient', 'throttled');
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(retries, fc.integer({ min: 1, max: 60 }), unit, (retry, n, at) => {
      const { first, most } =
        retry === 'transient' ? { first: 50, most: 5_000 } : { first: 500, most: 20_000 };
      const wait = backoffMs(retry, n, () => at);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(Math.min(most, first * 2 ** (n - 1)));
      expect(wait).toBeCloseTo(at * Math.min(most, first * 2 ** (n - 1)), 6);
    }),
  );
});

test('every error gets a code of the closed list, whatever it calls itself', () => {
  const names = fc.option(
    fc.oneof(
      fc.string(),
      fc.constantFrom('constructor', '__proto__', 'toString', 'NoSuchKey', 'hasOwnProperty'),
    ),
    { nil: undefined },
  );
  fc.assert(
    fc.property(fc.array(names), fc.option(fc.nat(999)), (all, status) => {
      const { code, retry } = kindOfError(all, status);
      expect(failureCodes).toContain(code);
      expect(['no', 'transient', 'throttled']).toContain(retry);
    }),
  );
});

test.each([
  [['NoSuchKey'], 404, 'NoSuchKey', 'no'],
  [['Unknown'], 500, 'InternalError', 'transient'],
  [['Unknown'], 503, 'SlowDown', 'throttled'],
  [['Unknown'], 429, 'SlowDown', 'throttled'],
  [['SlowDown'], 400, 'SlowDown', 'throttled'],
  [['Error', 'ENOTFOUND'], null, 'DnsFailure', 'transient'],
  [['Error', 'EAI_AGAIN'], null, 'DnsFailure', 'transient'],
  [['Error', 'ECONNRESET'], null, 'ConnectionReset', 'transient'],
  [['Error', 'CERT_HAS_EXPIRED'], null, 'TlsFailure', 'no'],
  [['Error', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'], null, 'TlsFailure', 'no'],
  [['URIError'], null, 'InvalidKey', 'no'],
  [['TypeError'], null, 'Other', 'no'],
])('%j with status %s is %s, again: %s', (names, status, code, retry) => {
  expect(kindOfError(names, status)).toEqual({ code, retry });
});
