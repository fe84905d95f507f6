import * as fc from 'fast-check';
import type { TrialNumbers } from '../../../lib/summary/trial-numbers';
import { type Racer, verdictOf } from '../../../lib/summary/verdict';

type Trial = [durationMs: number, costUsd: number];

const racer = (id: string, trials: Trial[], complete = true): Racer => ({
  id,
  complete,
  trials: trials.map(
    ([durationMs, total]): TrialNumbers => ({
      durationMs,
      orchestrationMs: null,
      bytes: 1,
      failed: 0,
      missing: 0,
      coldStarts: 0,
      costUsd: { total, lambda: total, stepFunctions: 0, s3: 0 },
    }),
  ),
});

const speed = { optimizeFor: 'speed', balancedWeight: 0.5, seed: 1 } as const;
const fast: Trial[] = [10, 11, 12, 10, 11].map((ms) => [ms, 9]);
const slow: Trial[] = [50, 51, 52, 50, 51].map((ms) => [ms, 1]);

test('a clear winner wins, wherever it stands', () => {
  for (const racers of [
    [racer('a', fast), racer('b', slow)],
    [racer('b', slow), racer('a', fast)],
  ])
    expect(verdictOf(racers, speed)).toMatchObject({ optimizeFor: 'speed', winner: 'a', tied: [] });
});

test('alike is a tie, to the last digit', () => {
  const verdict = verdictOf([racer('a', fast), racer('b', fast), racer('c', slow)], speed);
  expect(verdict).toMatchObject({ winner: null, tied: ['a', 'b'] });
  expect(verdict.why).toMatch(/these trials cannot tell them apart/);
});

test('a difference within the noise is a tie', () => {
  const noisy: Trial[] = [40, 60, 52, 45, 58].map((ms) => [ms, 1]);
  expect(verdictOf([racer('a', noisy), racer('b', slow)], speed).winner).toBeNull();
});

test('an incomplete variant cannot win', () => {
  expect(verdictOf([racer('a', fast, false), racer('b', slow), racer('c', slow)], speed)).toMatchObject({
    winner: null,
    tied: ['b', 'c'],
    why: expect.stringMatching(/; 1 incomplete variant\(s\) could not win$/) as string,
  });
  expect(verdictOf([racer('a', fast, false), racer('b', slow)], speed)).toMatchObject({ winner: 'b' });
  expect(verdictOf([racer('a', fast, false)], speed)).toMatchObject({ winner: null, tied: [] });
  expect(verdictOf([], speed)).toMatchObject({ winner: null, tied: [] });
});

test('one variant alone races against nobody', () => {
  expect(verdictOf([racer('a', fast)], speed)).toMatchObject({ winner: null, why: /nothing to race/ });
});

test.each([1, 2])('%i trial(s) never give a winner', (num) => {
  const few = (trials: Trial[]) => trials.slice(0, num);
  expect(verdictOf([racer('a', few(fast)), racer('b', few(slow))], speed)).toMatchObject({
    winner: null,
    tied: ['a', 'b'],
    why: /^fewer than 3 trials/,
  });
  expect(verdictOf([racer('a', few(fast)), racer('b', few(slow), false)], speed)).toMatchObject({
    winner: null,
    tied: [],
    why: /^fewer than 3 trials/,
  });
});

test('what is asked for decides: the fast one, the cheap one, or what weighs more', () => {
  const racers = [racer('fast', fast), racer('cheap', slow)];
  const winner = (goal: Partial<Parameters<typeof verdictOf>[1]>) =>
    verdictOf(racers, { ...speed, ...goal }).winner;
  expect(winner({ optimizeFor: 'speed' })).toBe('fast');
  expect(winner({ optimizeFor: 'cost' })).toBe('cheap');
  // Relative to the worst: fast is 0.22 in time and 1 in cost, cheap is 1 in time and 0.11 in cost.
  expect(winner({ optimizeFor: 'balanced', balancedWeight: 0.2 })).toBe('fast');
  expect(winner({ optimizeFor: 'balanced', balancedWeight: 0.8 })).toBe('cheap');
  expect(winner({ optimizeFor: 'balanced', balancedWeight: 0 })).toBe('fast');
  expect(winner({ optimizeFor: 'balanced', balancedWeight: 1 })).toBe('cheap');
});

test('whatever was measured: a winner is complete and has no equal, a tie has two at least', () => {
  const trials = fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 9 })), {
    maxLength: 5,
  });
  const field = fc.array(fc.tuple(trials, fc.boolean()), { maxLength: 3 });
  const goal = fc.constantFrom('balanced' as const, 'speed' as const, 'cost' as const);
  fc.assert(
    fc.property(field, goal, (racers, optimizeFor) => {
      const all = racers.map(([its, complete], n) => racer(`v${n}`, its as Trial[], complete));
      const verdict = verdictOf(all, { ...speed, optimizeFor });
      const able = all.filter(({ complete, trials }) => complete && trials.length > 0).map(({ id }) => id);
      if (verdict.winner !== null) {
        expect(able).toContain(verdict.winner);
        expect(verdict.tied).toEqual([]);
        expect(all.find(({ id }) => id === verdict.winner)!.trials.length).toBeGreaterThanOrEqual(3);
      }
      if (verdict.tied.length > 0) expect(verdict.tied.length).toBeGreaterThanOrEqual(2);
      for (const id of verdict.tied) expect(able).toContain(id);
      expect(verdict.why).not.toBe('');
      expect(verdictOf(all, { ...speed, optimizeFor })).toEqual(verdict);
    }),
    { numRuns: 60 },
  );
});
