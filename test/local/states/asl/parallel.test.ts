import { map, one, runMachine, task } from '../run-machine';

describe('a Parallel', () => {
  const branch = (state: object, name: string) => ({
    StartAt: name,
    States: { [name]: { End: true, ...state } },
  });

  it('gives every branch the same input and the outputs in order', async () => {
    const Branches = [branch(task(), 'A'), branch({ Type: 'Pass', Result: 0 }, 'B')];
    const done = await runMachine(one({ Type: 'Parallel', Branches }), false);
    expect(done.result).toEqual([false, 0]);
    expect(done.types.filter((type) => type.startsWith('Parallel'))).toEqual([
      'ParallelStateEntered',
      'ParallelStateStarted',
      'ParallelStateSucceeded',
      'ParallelStateExited',
    ]);
  });

  it('fails with the first of its branches and calls off the others', async () => {
    const wait = { Type: 'Wait', Seconds: 99_999_999 };
    const fail = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Boom', Cause: 'why' } } };
    const done = await runMachine(one({ Type: 'Parallel', Branches: [branch(wait, 'W'), fail] }));
    expect(done).toMatchObject({ status: 'FAILED', error: 'Boom', cause: 'why' });
    expect(done.types.slice(-4)).toEqual([
      'FailStateEntered',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
  });

  it('calls off a whole Map that runs in another branch', async () => {
    const fail = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Boom' } } };
    const Branches = [branch(map(task()), 'M'), fail];
    const done = await runMachine(one({ Type: 'Parallel', Branches }), [1], () => new Promise(() => {}));
    expect(done).toMatchObject({ status: 'FAILED', error: 'Boom', cause: null });
    expect(done.types.slice(-6)).toEqual([
      'FailStateEntered',
      'MapIterationAborted',
      'TaskStateAborted',
      'MapStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
  });

  it('calls off a branch that never waits', async () => {
    const loop = {
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } },
    };
    const fail = {
      StartAt: 'P',
      States: { P: { Type: 'Pass', Next: 'F' }, F: { Type: 'Fail', Error: 'Boom' } },
    };
    const done = await runMachine(one({ Type: 'Parallel', Branches: [loop, fail] }));
    expect(done.error).toBe('Boom');
    expect(done.types.length).toBeLessThan(50);
  });
});
