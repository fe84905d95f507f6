import * as fc from 'fast-check';
import { RetryBudget } from '../../../lib/fetch/retry-budget';
import { objectReply } from './faulty-answers';
import { objectOf } from './fetch-from';
import { s3Error } from './replies';
import { startScriptedServer } from './scripted-server';
import { clientNames, clientTo, fetchWith } from './two-clients';

const body = Buffer.alloc(100, 'x');
const objects = Array.from({ length: 300 }, (_, index) => objectOf(body, index));

test.each(clientNames)(
  '%s: an outage is not made worse by retries, and every object has its record',
  async (name) => {
    const server = await startScriptedServer([s3Error(500, 'InternalError')]);
    const records = await fetchWith(clientTo(name, server.url), objects, { concurrency: 8 });
    expect(new Set(records.map(({ index }) => index)).size).toBe(objects.length);
    expect(records.map(({ failure }) => failure?.code)).toEqual(objects.map(() => 'InternalError'));
    // A budget of 500, of which a retry takes 5.
    expect(server.seen).toHaveLength(objects.length + 100);
    const refused = records.filter(({ failure }) => failure!.message.includes('the retry budget is spent'));
    expect(refused.length).toBeGreaterThanOrEqual(objects.length - 100);
    await server.close();
  },
);

test('what goes through after an outage is tried again as before', async () => {
  let down = true;
  let failures = 0;
  const server = await startScriptedServer(() => {
    if (!down && ++failures % 2 === 0) return objectReply(body);
    return s3Error(500, 'InternalError');
  });
  const budget = new RetryBudget();
  const client = clientTo('direct', server.url);
  await fetchWith(client, objects, { budget });
  down = false;
  // One success a moment fills it: a retry may be made after five.
  for (let n = 0; n < 5; n++) budget.refund(0);
  const records = await fetchWith(client, objects, { budget, concurrency: 1 });
  expect(records.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  await server.close();
});

test('failures that a retry mends never use it up, however many come one after the other', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 300 }), (retriesOfEach) => {
      const budget = new RetryBudget();
      for (const retries of retriesOfEach) {
        for (let n = 0; n < retries; n++) expect(budget.take()).toBe(true);
        budget.refund(retries);
      }
    }),
  );
});

test('it holds what its figures say, after whatever happens', () => {
  const step = fc.oneof(fc.constant<'take'>('take'), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 800 }), (steps) => {
      const budget = new RetryBudget();
      let left = 500;
      for (const one of steps) {
        if (one === 'take') {
          expect(budget.take()).toBe(left >= 5);
          if (left >= 5) left -= 5;
        } else {
          budget.refund(one);
          left = Math.min(500, left + 5 * one + 1);
        }
      }
    }),
  );
});
