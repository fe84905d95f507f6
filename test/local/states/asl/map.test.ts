import * as fc from 'fast-check';
import { setImmediate as tick } from 'node:timers/promises';
import { LambdaError, type LambdaInvoker } from '../../../../local/states/lambda-invoker';
import { map, one, runMachine, task } from '../run-machine';

describe('an inline Map', () => {
  it('gives the outputs in order of the items, whatever order they end in, and keeps its bound', async () => {
    const values = fc.array(fc.oneof(fc.jsonValue(), fc.constantFrom(0, false, '', null)), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(values, fc.nat(50), fc.scheduler(), async (raw, limit, scheduler) => {
        const items: unknown = JSON.parse(JSON.stringify(raw));
        let running = 0;
        let most = 0;
        const invoke: LambdaInvoker = async (_name, payload) => {
          most = Math.max(most, ++running);
          await scheduler.schedule(Promise.resolve());
          running -= 1;
          return payload;
        };
        const done = runMachine(one(map(task(), { MaxConcurrency: limit })), items, invoke);
        await scheduler.waitFor(done);
        expect((await done).result).toEqual(items);
        expect(most).toBe(Math.min(raw.length, limit || 40, 40));
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    [0, 40],
    [1, 1],
    [40, 40],
    [41, 40],
    [1000, 40],
  ])('asked for %i runs %i of 60 at once', async (MaxConcurrency, expected) => {
    let running = 0;
    let most = 0;
    const invoke: LambdaInvoker = async () => {
      most = Math.max(most, ++running);
      await tick();
      running -= 1;
    };
    await runMachine(
      one(map(task(), { MaxConcurrency })),
      Array.from({ length: 60 }, () => 0),
      invoke,
    );
    expect(most).toBe(expected);
  });

  it('takes its concurrency from a path, and its items too', async () => {
    let running = 0;
    let most = 0;
    const invoke: LambdaInvoker = async (_name, payload) => {
      most = Math.max(most, ++running);
      await tick();
      running -= 1;
      return payload;
    };
    const more = { ItemsPath: '$.deep.items', MaxConcurrencyPath: '$.limit' };
    const done = await runMachine(
      one(map(task(), more)),
      { deep: { items: [1, 2, 3, 4, 5] }, limit: 2 },
      invoke,
    );
    expect(done.result).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it.each([[{ limit: -1 }], [{ limit: '2' }], [{ limit: 1.5 }], [{}]])(
    'refuses a concurrency of %j',
    async (input) => {
      const more = { ItemsPath: '$.items', MaxConcurrencyPath: '$.limit' };
      const done = await runMachine(one(map(task(), more)), { ...input, items: [1] });
      expect(done).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    },
  );

  it('selects from the input and from the item', async () => {
    const more = {
      ItemsPath: '$.items',
      ItemSelector: { 'run.$': '$.run', 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', fixed: [0] },
    };
    const done = await runMachine(one(map({ Type: 'Pass' }, more)), { run: 'r', items: [null, 0] });
    expect(done.result).toEqual([
      { run: 'r', i: 0, v: null, fixed: [0] },
      { run: 'r', i: 1, v: 0, fixed: [0] },
    ]);
  });

  it('sees in each Map its own item, and the input of the execution everywhere', async () => {
    const inner = map({
      Type: 'Pass',
      Parameters: { 'item.$': '$$.Map.Item.Value', 'input.$': '$$.Execution.Input' },
    });
    const outer = { ...(inner as { ItemProcessor: object }), End: true };
    const middle = {
      Type: 'Map',
      ItemSelector: { 'outer.$': '$$.Map.Item.Value' },
      ItemProcessor: { StartAt: 'Inner', States: { Inner: { ...outer, ItemsPath: '$.outer' } } },
    };
    const done = await runMachine(one(middle), [[1], [2, 3]]);
    const input = [[1], [2, 3]];
    expect(done.result).toEqual([[{ item: 1, input }], [2, 3].map((item) => ({ item, input }))]);
  });

  it('of nothing gives an empty list; of what is no list fails', async () => {
    expect((await runMachine(one(map(task())), [])).result).toEqual([]);
    for (const input of [{}, 'text', null, 0])
      expect(await runMachine(one(map(task())), input)).toMatchObject({ error: 'States.Runtime' });
  });

  it('after another one begins with items of its own', async () => {
    const ItemProcessor = (name: string) => ({ StartAt: name, States: { [name]: { ...task(), End: true } } });
    const States = {
      First: {
        Type: 'Map',
        ItemsPath: '$.a',
        ItemProcessor: ItemProcessor('A'),
        ResultPath: '$.r',
        Next: 'Second',
      },
      Second: {
        Type: 'Map',
        ItemsPath: '$.b',
        ItemProcessor: ItemProcessor('B'),
        ResultPath: '$.s',
        End: true,
      },
    };
    const done = await runMachine({ StartAt: 'First', States }, { a: [1, 2], b: [3, 4, 5] });
    expect(done.result).toEqual({ a: [1, 2], b: [3, 4, 5], r: [1, 2], s: [3, 4, 5] });
    expect(
      done.types.filter((type) => type === 'MapStateEntered' || type === 'MapStateStarted'),
    ).toHaveLength(4);
  });

  it('starts no work after an iteration failed, and calls off what runs', async () => {
    const signals: AbortSignal[] = [];
    const invoke: LambdaInvoker = (_name, payload, signal) => {
      signals.push(signal);
      if (payload !== 5) return new Promise(() => {});
      return Promise.reject(new LambdaError('Boom', '{"errorType":"Boom"}'));
    };
    const items = Array.from({ length: 200 }, (_, i) => i);
    const done = await runMachine(one(map(task(), { MaxConcurrency: 8 })), items, invoke);
    expect(done).toMatchObject({ status: 'FAILED', error: 'Boom', cause: '{"errorType":"Boom"}' });
    await tick();
    expect(signals.map((signal) => signal.aborted)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((i) => i !== 5));
    expect(done.types.slice(-18)).toEqual([
      'TaskFailed',
      ...Array.from({ length: 7 }, () => ['MapIterationAborted', 'TaskStateAborted']).flat(),
      'MapIterationFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  it('goes on behind a Map whose failure is caught, while its iterations are off', async () => {
    const invoke: LambdaInvoker = (_name, payload) =>
      payload === 1 ? Promise.reject(new LambdaError('Boom', '')) : new Promise(() => {});
    const Items = { ...map(task(), { Catch: [{ ErrorEquals: ['Boom'], Next: 'After' }] }), Next: 'After' };
    const States = { Items, After: { Type: 'Pass', End: true } };
    const done = await runMachine({ StartAt: 'Items', States }, [0, 1, 2], invoke);
    expect(done.result).toEqual({ Error: 'Boom', Cause: '' });
  });
});
