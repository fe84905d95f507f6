import { setImmediate as tick } from 'node:timers/promises';
import { LambdaError, type LambdaInvoker } from '../../../local/states/lambda-invoker';
import { finish, machineArn, map, one, serve, task } from './run-machine';
import { VirtualClock } from './virtual-clock';

/** Never answers; keeps the payloads and signals that it was given. */
function hanging() {
  const calls: { payload: unknown; signal: AbortSignal }[] = [];
  const invoke: LambdaInvoker = (_name, payload, signal) => {
    calls.push({ payload, signal });
    return new Promise(() => {});
  };
  return { calls, invoke };
}

const twoHundred = JSON.stringify(Array.from({ length: 200 }, (_, i) => i));

describe('an execution that is stopped', () => {
  it('is ABORTED at once, starts nothing more and aborts what runs', async () => {
    const { calls, invoke } = hanging();
    const service = serve(one(map(task(), { MaxConcurrency: 15 })), invoke);
    const { executionArn } = service.start({ stateMachineArn: machineArn, input: twoHundred });
    await tick();
    expect(calls).toHaveLength(15);
    expect(service.stop(executionArn, { error: 'Enough', cause: 'too slow' })).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'too slow',
    });
    const { types } = await finish(service, executionArn);
    await tick();
    expect(calls.map(({ signal }) => signal.aborted)).toEqual(Array.from({ length: 15 }, () => true));
    expect(types.at(-1)).toBe('ExecutionAborted');
  });

  it('writes nothing after its last event, though an invocation answers at the same moment', async () => {
    let answer: (payload: unknown) => void = () => {};
    const service = serve(one(task()), () => new Promise((resolve) => (answer = resolve)));
    const { executionArn } = service.start({ stateMachineArn: machineArn });
    await tick();
    answer('too late');
    service.stop(executionArn);
    const { types, output } = await finish(service, executionArn);
    expect(types.at(-1)).toBe('ExecutionAborted');
    expect(output).toBeNull();
  });

  it.each(['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded'])(
    'at the very moment of %s writes nothing more and invokes nothing more',
    async (moment) => {
      const invoked: unknown[] = [];
      const service = serve(one(map(task(), { MaxConcurrency: 1 })), (_name, payload) => {
        invoked.push(payload);
        return Promise.resolve(payload);
      });
      service.on(({ executionArn, event }) => {
        if (event.type === moment) service.stop(executionArn);
      });
      const { executionArn } = service.start({ stateMachineArn: machineArn, input: '["a","b"]' });
      const { types, status } = await finish(service, executionArn);
      await tick();
      expect(status).toBe('ABORTED');
      expect(types.slice(-2)).toEqual([moment, 'ExecutionAborted']);
      expect(invoked).toEqual(moment === 'TaskSucceeded' ? ['a'] : []);
    },
  );

  it('after its end stays as it ended', async () => {
    const service = serve(one({ Type: 'Pass' }));
    const { executionArn } = service.start({ stateMachineArn: machineArn });
    const before = await finish(service, executionArn);
    service.stop(executionArn, { error: 'late' });
    expect(await finish(service, executionArn)).toEqual(before);
  });

  it('at a close leaves no timer and no work behind', async () => {
    const { calls, invoke } = hanging();
    const service = serve({ ...one(task({ TimeoutSeconds: 900 })), TimeoutSeconds: 86_400 }, invoke);
    const arns = [1, 2, 3].map(() => service.start({ stateMachineArn: machineArn }).executionArn);
    await tick();
    await service.close();
    expect(arns.map((arn) => service.describe(arn).status)).toEqual(['ABORTED', 'ABORTED', 'ABORTED']);
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
  });
});

describe('a redrive', () => {
  const chain = {
    StartAt: 'First',
    States: { First: { ...task({}, 'first'), Next: 'Second' }, Second: { ...task({}, 'second'), End: true } },
  };

  it('goes on from the state that failed, with the same input, under the same name', async () => {
    const calls: string[] = [];
    let broken = true;
    const service = serve(chain, (name, payload) => {
      calls.push(`${name} ${JSON.stringify(payload)}`);
      if (name === 'first') return Promise.resolve({ n: 0 });
      return broken ? Promise.reject(new LambdaError('Broken', '')) : Promise.resolve(payload);
    });
    const { executionArn } = service.start({ stateMachineArn: machineArn, input: '"in"' });
    expect((await finish(service, executionArn)).status).toBe('FAILED');
    broken = false;
    service.redrive(executionArn);
    const done = await finish(service, executionArn);
    expect(done).toMatchObject({ status: 'SUCCEEDED', result: { n: 0 }, redriveCount: 1, error: null });
    expect(calls).toEqual(['first "in"', 'second {"n":0}', 'second {"n":0}']);
    expect(done.types.slice(done.types.indexOf('ExecutionFailed'))).toEqual([
      'ExecutionFailed',
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('runs of nested Maps only what is not done', async () => {
    const calls: unknown[] = [];
    let broken = true;
    const service = serve(
      one({
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: {
          StartAt: 'Row',
          States: { Row: { ...map(task(), { MaxConcurrency: 1 }), End: true } },
        },
      }),
      (_name, payload) => {
        calls.push(payload);
        return broken && payload === 4
          ? Promise.reject(new LambdaError('Broken', ''))
          : Promise.resolve(payload);
      },
    );
    const rows = [[1, 2], [3, 4, 5], [6]];
    const { executionArn } = service.start({ stateMachineArn: machineArn, input: JSON.stringify(rows) });
    await finish(service, executionArn);
    expect(calls.splice(0)).toEqual([1, 2, 3, 4]);
    broken = false;
    service.redrive(executionArn);
    const done = await finish(service, executionArn);
    expect(done).toMatchObject({ status: 'SUCCEEDED', result: rows });
    expect(calls).toEqual([4, 5, 6]);
    const count = (type: string) => done.types.filter((one) => one === type).length;
    expect([count('MapStateEntered'), count('MapStateStarted')]).toEqual([4, 4]);
    expect(count('MapIterationSucceeded')).toBe(6 + 3);
    expect(count('TaskStateEntered')).toBe(6);
  });

  it('counts for the context object, and starts the retries anew', async () => {
    const payloads: unknown[] = [];
    const Payload = { 'redrives.$': '$$.Execution.RedriveCount', 'retries.$': '$$.State.RetryCount' };
    const Retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }];
    const service = serve(
      one(task({ Parameters: { FunctionName: 'f', Payload }, Retry })),
      (_name, payload) => {
        payloads.push(payload);
        return Promise.reject(new LambdaError('Broken', ''));
      },
      new VirtualClock(),
    );
    const { executionArn } = service.start({ stateMachineArn: machineArn });
    await finish(service, executionArn);
    service.redrive(executionArn);
    await finish(service, executionArn);
    expect(payloads).toEqual([
      { redrives: 0, retries: 0 },
      { redrives: 0, retries: 1 },
      { redrives: 1, retries: 0 },
      { redrives: 1, retries: 1 },
    ]);
  });

  it('of what succeeded or still runs is refused', async () => {
    const service = serve(one({ Type: 'Pass' }));
    const { executionArn } = service.start({ stateMachineArn: machineArn });
    expect(() => service.redrive(executionArn)).toThrow('RUNNING');
    await finish(service, executionArn);
    expect(() => service.redrive(executionArn)).toThrow('SUCCEEDED');
  });

  it('right after a stop waits for what the stop left behind', async () => {
    const { calls, invoke } = hanging();
    const service = serve(one(map(task(), { MaxConcurrency: 2 })), invoke);
    const { executionArn } = service.start({ stateMachineArn: machineArn, input: '[1,2,3]' });
    await tick();
    service.stop(executionArn);
    service.redrive(executionArn);
    await tick();
    expect(calls.map(({ payload, signal }) => [payload, signal.aborted])).toEqual([
      [1, true],
      [2, true],
      [1, false],
      [2, false],
    ]);
    await service.close();
  });
});
