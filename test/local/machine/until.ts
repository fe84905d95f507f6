import { setTimeout as wait } from 'node:timers/promises';

/** Asks again until there is an answer; the test's own time limit is the only limit. */
export async function until<T>(ask: () => Promise<T | null> | T | null): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await wait(50);
  }
}
