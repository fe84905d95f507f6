import * as fc from 'fast-check';
import { LambdaError } from '../../../../local/states/lambda-invoker';
import { one, runMachine, task } from '../run-machine';
import { VirtualClock } from '../virtual-clock';

/** Fails with these errors one after the other, then answers how often it was called. */
function failing(...errors: string[]) {
  const payloads: unknown[] = [];
  const invoke = (_name: string, payload: unknown) => {
    payloads.push(payload);
    const error = errors[payloads.length - 1];
    if (error !== undefined) return Promise.reject(new LambdaError(error, `cause of ${error}`));
    return Promise.resolve(payloads.length);
  };
  return { invoke, payloads };
}

describe('Retry', () => {
  it('waits as the retrier says, and no more often', async () => {
    const retrier = fc.record({
      IntervalSeconds: fc.integer({ min: 1, max: 100 }),
      MaxAttempts: fc.integer({ min: 0, max: 6 }),
      BackoffRate: fc.double({ min: 1, max: 4, noNaN: true }),
      MaxDelaySeconds: fc.option(fc.integer({ min: 101, max: 500 }), { nil: undefined }),
      JitterStrategy: fc.constantFrom('FULL', 'NONE'),
    });
    await fc.assert(
      fc.asyncProperty(
        retrier,
        fc.nat(8),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        async (retry, failures, chance) => {
          const clock = new VirtualClock(() => chance);
          const { invoke, payloads } = failing(...Array.from({ length: failures }, () => 'Boom'));
          const machine = one(task({ Retry: [{ ErrorEquals: ['Boom'], ...retry }] }));
          const done = await runMachine(machine, {}, invoke, clock);
          const retries = Math.min(failures, retry.MaxAttempts);
          const expected = Array.from({ length: retries }, (_, i) => {
            const seconds = retry.IntervalSeconds * retry.BackoffRate ** i;
            const capped = Math.min(seconds, retry.MaxDelaySeconds ?? seconds);
            return (retry.JitterStrategy === 'FULL' ? chance : 1) * capped * 1000;
          });
          expect(clock.delaysMs).toHaveLength(retries);
          clock.delaysMs.forEach((delayMs, i) => expect(delayMs).toBeCloseTo(expected[i]!, 3));
          expect(payloads).toHaveLength(retries + 1);
          expect(done.status).toBe(failures > retry.MaxAttempts ? 'FAILED' : 'SUCCEEDED');
        },
      ),
    );
  });

  it('by default retries three times after 1, 2 and 4 seconds', async () => {
    const clock = new VirtualClock();
    const machine = one(task({ Retry: [{ ErrorEquals: ['States.ALL'] }] }));
    await runMachine(machine, {}, failing('A', 'B', 'C', 'D').invoke, clock);
    expect(clock.delaysMs).toEqual([1000, 2000, 4000]);
  });

  it('counts each retrier by itself and tells the task how often it was retried', async () => {
    const { invoke, payloads } = failing('A', 'B', 'A', 'B');
    const machine = one(
      task({
        Parameters: { FunctionName: 'f', Payload: { 'n.$': '$$.State.RetryCount' } },
        Retry: [
          { ErrorEquals: ['A'], MaxAttempts: 2 },
          { ErrorEquals: ['B'], MaxAttempts: 1 },
        ],
      }),
    );
    const done = await runMachine(machine, {}, invoke, new VirtualClock());
    expect(payloads).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }]);
    expect(done).toMatchObject({ status: 'FAILED', error: 'B', cause: 'cause of B' });
  });

  it('leaves the first retrier that matches to decide', async () => {
    const { invoke, payloads } = failing('A', 'A');
    const Retry = [{ ErrorEquals: ['A'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
    await runMachine(one(task({ Retry })), {}, invoke, new VirtualClock());
    expect(payloads).toHaveLength(1);
  });

  it('retries a whole Map from its first item', async () => {
    const { invoke, payloads } = failing('A');
    const Map = {
      Type: 'Map',
      MaxConcurrency: 1,
      ItemProcessor: { StartAt: 'Item', States: { Item: { ...task(), End: true } } },
      Retry: [{ ErrorEquals: ['A'] }],
    };
    const done = await runMachine(one(Map), ['x', 'y'], invoke, new VirtualClock());
    expect(payloads).toEqual(['x', 'x', 'y']);
    expect(done.result).toEqual([2, 3]);
    expect(done.types.filter((type) => type.startsWith('MapState'))).toEqual([
      'MapStateEntered',
      'MapStateStarted',
      'MapStateFailed',
      'MapStateStarted',
      'MapStateSucceeded',
      'MapStateExited',
    ]);
  });
});

/** Runs a task that fails with `error` and says whether a catcher for `caught` took it. */
async function catches(caught: string, error: string): Promise<boolean> {
  const never = () => new Promise<never>(() => {});
  const done = await runMachine(
    {
      StartAt: 'Try',
      States: {
        Try: {
          ...task({
            TimeoutSeconds: 9,
            Catch: [{ ErrorEquals: [caught], ResultPath: '$.e', Next: 'Caught' }],
          }),
          End: true,
        },
        Caught: { Type: 'Pass', End: true },
      },
    },
    { a: 0 },
    error === 'States.Timeout' ? never : failing(error).invoke,
    new VirtualClock(),
  );
  if (done.status === 'SUCCEEDED') {
    const Cause = error === 'States.Timeout' ? '' : `cause of ${error}`;
    expect(done.result).toEqual({ a: 0, e: { Error: error, Cause } });
  }
  return done.status === 'SUCCEEDED';
}

describe('Catch', () => {
  it.each([
    ['MyError', 'MyError', true],
    ['MyError', 'OtherError', false],
    ['States.ALL', 'MyError', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.TaskFailed', 'MyError', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.TaskFailed', 'States.Runtime', false],
    ['States.Timeout', 'States.Timeout', true],
    ['States.Timeout', 'States.HeartbeatTimeout', true],
    ['States.Timeout', 'Sandbox.Timedout', false],
  ])('%s takes %s: %s', async (caught, error, expected) => {
    expect(await catches(caught, error)).toBe(expected);
  });

  it('can throw the error away and go on with the input', async () => {
    const Try = task({
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Caught' }],
      End: true,
    });
    const States = { Try, Caught: { Type: 'Pass', End: true } };
    const done = await runMachine({ StartAt: 'Try', States }, [0], failing('A').invoke);
    expect(done.result).toEqual([0]);
  });

  it('lets nothing take the breakdown of the invoker itself', async () => {
    const broken = () => Promise.reject(new TypeError('a bug'));
    const Try = task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], End: true });
    const States = { Try, Caught: { Type: 'Pass', End: true } };
    const done = await runMachine({ StartAt: 'Try', States }, {}, broken);
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: 'a bug' });
  });
});
