import * as fc from 'fast-check';
import { comparisons } from '../../../../local/states/asl/choice-comparisons';
import { runMachine } from '../run-machine';

async function picks(rule: object, input: unknown): Promise<boolean | string> {
  const done = await runMachine(
    {
      StartAt: 'Pick',
      States: {
        Pick: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Pass', Result: true, End: true },
        No: { Type: 'Pass', Result: false, End: true },
      },
    },
    input,
  );
  return done.error ?? (done.result as boolean);
}

const variable = { Variable: '$.a' };

describe('a Choice', () => {
  it.each<[object, unknown, boolean | string]>([
    [{ StringEquals: 'x' }, 'x', true],
    [{ StringEquals: '' }, '', true],
    [{ StringEquals: '0' }, 0, false],
    [{ StringLessThan: 'b' }, 'a', true],
    [{ StringGreaterThanEquals: 'b' }, 'a', false],
    [{ NumericEquals: 0 }, 0, true],
    [{ NumericEquals: 0 }, false, false],
    [{ NumericEquals: 0 }, null, false],
    [{ NumericLessThanEquals: 2 }, 2, true],
    [{ NumericGreaterThan: 2 }, 2, false],
    [{ BooleanEquals: false }, false, true],
    [{ BooleanEquals: false }, 0, false],
    [{ TimestampEquals: '2026-01-01T00:00:00Z' }, '2026-01-01T01:00:00.000+01:00', true],
    [{ TimestampLessThan: '2026-01-01T00:00:00Z' }, '2025-12-31T23:59:59.999Z', true],
    [{ TimestampLessThan: '2026-01-01T00:00:00Z' }, 'yesterday', false],
    [{ IsNull: true }, null, true],
    [{ IsNull: false }, null, false],
    [{ IsNull: false }, 0, true],
    [{ IsNumeric: true }, 0, true],
    [{ IsString: true }, '', true],
    [{ IsBoolean: true }, false, true],
    [{ IsTimestamp: true }, '2026-01-01T00:00:00Z', true],
    [{ IsTimestamp: false }, '2026-01-01', true],
    [{ IsPresent: true }, null, true],
    [{ StringMatches: 'log-*.txt' }, 'log-1.txt', true],
    [{ StringMatches: String.raw`a\*b` }, 'a*b', true],
    [{ StringMatches: String.raw`a\*b` }, 'axb', false],
    [{ StringEqualsPath: '$.b' }, 'same', true],
    [{ NumericLessThanPath: '$.b' }, 1, false],
    [{ StringEqualsPath: '$.gone' }, 'x', 'States.Runtime'],
  ])('%j of %j', async (rule, a, expected) => {
    expect(await picks({ ...variable, ...rule }, { a, b: 'same' })).toBe(expected);
  });

  it('knows what is absent only by IsPresent', async () => {
    expect(await picks({ ...variable, IsPresent: false }, {})).toBe(true);
    expect(await picks({ ...variable, IsPresent: true }, {})).toBe(false);
    expect(await picks({ ...variable, IsNull: true }, {})).toBe('States.Runtime');
    const guarded = {
      And: [
        { ...variable, IsPresent: true },
        { ...variable, IsNull: true },
      ],
    };
    expect(await picks(guarded, {})).toBe(false);
  });

  it('combines rules as booleans are combined', async () => {
    const is = (name: string) => ({ Variable: `$.${name}`, BooleanEquals: true });
    for (const p of [true, false])
      for (const q of [true, false]) {
        expect(await picks({ And: [is('p'), is('q')] }, { p, q })).toBe(p && q);
        expect(await picks({ Or: [is('p'), is('q')] }, { p, q })).toBe(p || q);
        expect(await picks({ Not: { Or: [is('p'), { Not: is('q') }] } }, { p, q })).toBe(!p && q);
      }
  });

  it('fails where nothing matches and there is no Default', async () => {
    const done = await runMachine({
      StartAt: 'Pick',
      States: {
        Pick: { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'End' }] },
        End: { Type: 'Succeed' },
      },
    });
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });
});

describe('StringMatches', () => {
  const matches = comparisons.get('StringMatches')!;

  it('agrees with a regular expression', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\'), maxLength: 8 });
    const pattern = fc.array(fc.constantFrom('a', 'b', '*', String.raw`\*`, String.raw`\\`), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(text, pattern, (value, tokens) => {
        const source = tokens.map((token) => (token === '*' ? '.*' : token)).join('');
        expect(matches.test(value, tokens.join(''))).toBe(new RegExp(`^${source}$`, 's').test(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes linear time where a backtracking matcher takes hours', () => {
    expect(matches.test('a'.repeat(50_000), `${'*a'.repeat(50)}b`)).toBe(false);
  });
});
