import * as fc from 'fast-check';
import { formatMs, formatRate, formatRatio, formatUsd } from '../../../lib/report/numbers';
import { textTable } from '../../../lib/report/text-table';
import { visibleText } from '../../../lib/report/visible-text';

const columns = [
  { title: 'name', align: 'left' },
  { title: 'n', align: 'right' },
] as const;

test('columns are as wide as their widest cell, by characters and not by bytes', () => {
  expect(
    textTable(columns, [
      ['é – ×', '1'],
      ['a', '1000'],
      ['a very wide cell', '22'],
    ]),
  ).toEqual([
    'name                 n',
    'é – ×                1',
    'a                 1000',
    'a very wide cell    22',
  ]);
});

test('whatever the cells hold, the right edges stand below each other', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '█', '▏', '×', '𝕏') });
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          cell,
          cell.map((text) => `${text}|`),
        ),
      ),
      (rows) => {
        const lines = textTable(columns, rows);
        expect(new Set(lines.map((line) => Array.from(line).length)).size).toBe(1);
      },
    ),
  );
});

test('text of others becomes one visible line of at most 256 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const shown = visibleText(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u);
      expect(shown.isWellFormed()).toBe(true);
      expect(shown.length).toBeLessThanOrEqual(256);
    }),
  );
  expect(visibleText('data/2026/é.pq')).toBe('data/2026/é.pq');
  expect(visibleText('😀'.repeat(200))).toBe(`${'😀'.repeat(127)}…`);
});

test.each([
  [formatMs(0.25), '0.3 ms'],
  [formatMs(9.94), '9.9 ms'],
  [formatMs(857.4), '857 ms'],
  [formatMs(999.7), '1.00 s'],
  [formatMs(1234), '1.23 s'],
  [formatMs(9_996), '10.0 s'],
  [formatMs(60_355), '60.4 s'],
  [formatRatio(1), '1.00×'],
  [formatRatio(9.996), '10×'],
  [formatRatio(12.4), '12×'],
  [formatUsd(0), '$0'],
  [formatUsd(0.000_012_3), '$0.000012'],
  [formatUsd(1.234), '$1.23'],
  [formatUsd(1234.5), '$1235'],
  [formatRate(512.333), '512 B/s'],
  [formatRate(1536), '1.5 KiB/s'],
  [formatRate(3 * 2 ** 20), '3.0 MiB/s'],
])('%s', (shown, expected) => {
  expect(shown).toBe(expected);
});
