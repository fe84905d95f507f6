import { StateError } from '../../../local/states/asl/state-error';
import { datum, maxDataBytes } from '../../../local/states/asl/datum';
import { StepFunctions } from '../../../local/states/step-functions';
import { echo, machineArn, map, one, place, runMachine, serve, task } from './run-machine';
import { VirtualClock } from './virtual-clock';

/** A string whose JSON has exactly so many bytes. */
function jsonOf(bytes: number, character = 'x'): string {
  const size = Buffer.byteLength(character);
  return character.repeat((bytes - 2) / size) + 'x'.repeat((bytes - 2) % size);
}

describe('256 KiB of data', () => {
  it.each(['x', 'ü', '€', '😀'])('are counted in bytes of UTF-8: %s', (character) => {
    expect(datum(jsonOf(maxDataBytes, character), 'It').text).toHaveLength(
      jsonOf(maxDataBytes, character).length + 2,
    );
    expect(() => datum(jsonOf(maxDataBytes + 1, character), 'It')).toThrow(StateError);
  });

  it.each<[string, object, (payload: unknown) => unknown]>([
    ['the result of a task', one(task()), () => jsonOf(maxDataBytes)],
    ['the output of a state', one({ Type: 'Pass', ResultPath: '$.twice' }), echo as never],
    [
      'the input of an iteration',
      one(map({ Type: 'Pass' }, { ItemsPath: '$.list', ItemSelector: twice() })),
      echo as never,
    ],
    [
      'the result of a Map',
      one(map(task({ Parameters: { FunctionName: 'f' } }), { ItemsPath: '$.list' })),
      () => jsonOf(150_000),
    ],
    [
      'the parameters of a task',
      one(task({ Parameters: { FunctionName: 'f', Payload: twice() } })),
      echo as never,
    ],
  ])('are the most for %s', async (_what, machine, invoke) => {
    const input = { half: jsonOf(150_000), list: [0, 1] };
    const done = await runMachine(machine, input, (_name, payload) => Promise.resolve(invoke(payload)));
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(done.cause).toMatch('exceeding the maximum number of bytes service limit');
  });
});

function twice(): object {
  return { 'a.$': '$.half', 'b.$': '$.half' };
}

describe('25,000 events', () => {
  it('are the most of an execution, which then fails', async () => {
    const loop = {
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } },
    };
    const done = await runMachine(loop);
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(done.cause).toContain('25000');
    expect(done.types).toHaveLength(25_000);
    expect(done.types.at(-1)).toBe('ExecutionFailed');
    expect(done.notRedrivable).toContain('limit');
  });

  it('cannot be caught, and end what runs beside', async () => {
    const items = Array.from({ length: 5000 }, (_, i) => i);
    const Items = map(
      { Type: 'Pass' },
      { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'After' }], End: true },
    );
    const States = { Items, After: { Type: 'Pass', End: true } };
    const many = map(task(), {
      ItemProcessor: { StartAt: 'Task', States: { Task: { ...task(), End: true } } },
    });
    const done = await runMachine(
      { StartAt: 'Items', States: { ...States, Items: { ...Items, ...many } } },
      items,
    );
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(done.types).toHaveLength(25_000);
  });
});

describe('time', () => {
  const never = () => new Promise<never>(() => {});

  it('of a task ends with States.Timeout and aborts the invocation', async () => {
    let signal: AbortSignal | undefined;
    const hang = (_name: string, _payload: unknown, given: AbortSignal) => {
      signal = given;
      return never();
    };
    const clock = new VirtualClock();
    const done = await runMachine(
      one(task({ TimeoutSecondsPath: '$.seconds' })),
      { seconds: 61 },
      hang,
      clock,
    );
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.Timeout', cause: null });
    expect(done.types).toContain('TaskTimedOut');
    expect(clock.delaysMs).toEqual([61_000]);
    expect(signal?.aborted).toBe(true);
  });

  it('without a heartbeat ends with States.HeartbeatTimeout', async () => {
    const machine = one(task({ TimeoutSeconds: 60, HeartbeatSeconds: 5 }));
    expect(await runMachine(machine, {}, never, new VirtualClock())).toMatchObject({
      error: 'States.HeartbeatTimeout',
    });
  });

  it('of a machine ends with TIMED_OUT', async () => {
    const machine = { ...one(task()), TimeoutSeconds: 3 };
    const done = await runMachine(machine, {}, never, new VirtualClock());
    expect(done).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(done.types.at(-1)).toBe('ExecutionTimedOut');
    expect(done.stopMs! - done.startMs).toBe(3000);
  });

  it.each<[object, number]>([
    [{ Seconds: 7 }, 7000],
    [{ SecondsPath: '$.seconds' }, 0],
    [{ Timestamp: '2026-01-01T00:00:05Z' }, 5000],
    [{ TimestampPath: '$.past' }, 0],
  ])('passes while a Wait waits: %j', async (wait, delayMs) => {
    const clock = new VirtualClock();
    const input = { seconds: 0, past: '1999-01-01T00:00:00Z' };
    const done = await runMachine(one({ Type: 'Wait', ...wait }), input, echo, clock);
    expect(clock.delaysMs).toEqual([delayMs]);
    expect(done.result).toEqual(input);
  });

  it.each([[{ SecondsPath: '$.n' }], [{ TimestampPath: '$.n' }]])(
    'cannot be read from %j of -1',
    async (wait) => {
      expect(await runMachine(one({ Type: 'Wait', ...wait }), { n: -1 })).toMatchObject({
        error: 'States.Runtime',
      });
    },
  );

  it('longer than a timer of Node.js can hold is waited for all the same', async () => {
    const service = serve(one({ Type: 'Wait', Seconds: 99_999_999 }));
    const { executionArn } = service.start({ stateMachineArn: machineArn });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(service.describe(executionArn).status).toBe('RUNNING');
    await service.close();
  });
});

describe('the service', () => {
  it('refuses a machine of another account or region', () => {
    const spec = {
      name: 'Test',
      arn: machineArn,
      roleArn: 'r',
      definition: JSON.stringify(one({ Type: 'Pass' })),
    };
    const options = { machines: [spec], invoke: echo, ...place };
    expect(() => new StepFunctions({ ...options, region: 'eu-west-1' })).toThrow(machineArn);
    expect(() => new StepFunctions(options)).not.toThrow();
  });

  it('names the machine that it cannot run', () => {
    expect(() => serve(one({ Type: 'Pass', Assign: {} }))).toThrow(
      /'Test' cannot run here: state 'Only'.*Assign/,
    );
  });
});
