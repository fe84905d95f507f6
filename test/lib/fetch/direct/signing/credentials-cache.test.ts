import type { Credentials } from '../../../../../lib/fetch/direct/signing/credentials';
import { createCredentialsCache } from '../../../../../lib/fetch/direct/signing/credentials-cache';

const minuteMs = 60_000;

/** Gives the answers in turn, the last one for ever. */
function providerOf(...answers: (Credentials | Error)[]) {
  const asked = { times: 0 };
  const provider = async () => {
    const answer = answers[Math.min(asked.times++, answers.length - 1)]!;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, cache: createCredentialsCache(provider) };
}

const credentials = (accessKeyId: string, inMs?: number): Credentials => ({
  accessKeyId,
  secretAccessKey: 'secret',
  ...(inMs !== undefined && { expiration: new Date(Date.now() + inMs) }),
});

test('the provider is asked once, by however many at once', async () => {
  const { asked, cache } = providerOf(credentials('A'));
  expect(cache.current()).toBeNull();
  await Promise.all([cache.refresh(), cache.refresh(), cache.refresh()]);
  expect(asked.times).toBe(1);
  expect(cache.current()?.accessKeyId).toBe('A');
});

test.each([
  [6 * minuteMs, 'A'],
  [4 * minuteMs, 'A'],
  [-1, undefined],
])('credentials that end in %i ms are taken as they are: %s', async (inMs, accessKeyId) => {
  const { cache } = providerOf(credentials('A', inMs));
  await cache.refresh();
  expect(cache.current()?.accessKeyId).toBe(accessKeyId);
});

test('they are asked for again five minutes before their end', async () => {
  const { cache } = providerOf(credentials('A', 6 * minuteMs), credentials('B'));
  await cache.refresh();
  jest.useFakeTimers({ now: Date.now() + 61_000 });
  try {
    expect(cache.current()).toBeNull();
    expect((await cache.refresh()).accessKeyId).toBe('B');
  } finally {
    jest.useRealTimers();
  }
});

test('a provider that fails leaves what has not yet ended', async () => {
  const { cache } = providerOf(credentials('A', 3 * minuteMs), new Error('no answer'));
  await cache.refresh();
  expect((await cache.refresh()).accessKeyId).toBe('A');
});

test('a provider that fails with nothing left says so', async () => {
  const { cache } = providerOf(credentials('A', -1), new Error('no answer'));
  await cache.refresh();
  await expect(cache.refresh()).rejects.toThrow('no answer');
});

test('what S3 refuses is asked for again, once', async () => {
  const { cache } = providerOf(credentials('A'), credentials('B'), credentials('C'));
  const first = await cache.refresh();
  expect(cache.refuse(first)).toBe(true);
  expect(cache.current()).toBeNull();
  const second = await cache.refresh();
  // A request from before, whose answer comes late.
  expect(cache.refuse(first)).toBe(true);
  expect(cache.current()).toBe(second);
  expect(cache.refuse(second)).toBe(false);
  cache.accept();
  expect(cache.refuse(second)).toBe(true);
});
