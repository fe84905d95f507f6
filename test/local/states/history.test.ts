import { LambdaError } from '../../../local/states/lambda-invoker';
import { machineArn, map, one, runMachine, serve, task } from './run-machine';

describe('the history', () => {
  it('of a task says what AWS says, in its order', async () => {
    const { events, roleArn } = {
      ...(await runMachine(one(task()), { a: 0 })),
      roleArn: 'arn:aws:iam::123456789012:role/Test',
    };
    const lambda = { resourceType: 'lambda', resource: 'invoke' };
    expect(
      events.map(({ id, previousEventId, type, details }) => [id, previousEventId, type, details]),
    ).toEqual([
      [1, 0, 'ExecutionStarted', { input: '{"a":0}', roleArn }],
      [2, 1, 'TaskStateEntered', { name: 'Only', input: '{"a":0}' }],
      [
        3,
        2,
        'TaskScheduled',
        { ...lambda, region: 'us-east-1', parameters: '{"FunctionName":"f","Payload":{"a":0}}' },
      ],
      [4, 3, 'TaskStarted', lambda],
      [5, 4, 'TaskSucceeded', { ...lambda, output: expect.stringContaining('"Payload":{"a":0}') as string }],
      [6, 5, 'TaskStateExited', { name: 'Only', output: '{"a":0}' }],
      [7, 6, 'ExecutionSucceeded', { output: '{"a":0}' }],
    ]);
    const wrapped = JSON.parse(events[4]!.details!.output as string) as object;
    expect(wrapped).toMatchObject({
      ExecutedVersion: '$LATEST',
      StatusCode: 200,
      SdkHttpMetadata: { HttpStatusCode: 200 },
    });
  });

  it('of one task after the other enters and exits both', async () => {
    const States = { A: { ...task(), Next: 'B' }, B: { ...task(), End: true } };
    const { events } = await runMachine({ StartAt: 'A', States });
    const steps = events.filter((event) => /StateEntered|StateExited/.test(event.type));
    expect(steps.map((event) => `${event.type} ${event.details!.name as string}`)).toEqual([
      'TaskStateEntered A',
      'TaskStateExited A',
      'TaskStateEntered B',
      'TaskStateExited B',
    ]);
  });

  it('of a failed task carries error and cause', async () => {
    const cause = '{"errorType":"E","errorMessage":"m","trace":[]}';
    const { types, events } = await runMachine(one(task()), {}, () =>
      Promise.reject(new LambdaError('E', cause)),
    );
    expect(types.slice(2)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskFailed', 'ExecutionFailed']);
    expect(events[4]!.details).toEqual({ resourceType: 'lambda', resource: 'invoke', error: 'E', cause });
    expect(events[5]!.details).toEqual({ error: 'E', cause });
  });

  it('of a caught error has the exit of the state with the output of the catcher', async () => {
    const Try = task({ Catch: [{ ErrorEquals: ['E'], Next: 'Done' }], End: true });
    const machine = { StartAt: 'Try', States: { Try, Done: { Type: 'Succeed' } } };
    const { events, types } = await runMachine(machine, {}, () => Promise.reject(new LambdaError('E', 'c')));
    expect(types.slice(4)).toEqual([
      'TaskFailed',
      'TaskStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events[5]!.details).toEqual({ name: 'Try', output: '{"Error":"E","Cause":"c"}' });
  });

  it('of a Map has seven events an item and four around them, each line in its own order', async () => {
    const { events, types } = await runMachine(one(map(task())), ['x', 'y', 'z']);
    expect(types.filter((type) => type.startsWith('MapState'))).toEqual([
      'MapStateEntered',
      'MapStateStarted',
      'MapStateSucceeded',
      'MapStateExited',
    ]);
    expect(events).toHaveLength(2 + 4 + 3 * 7);
    expect(events[2]).toMatchObject({ type: 'MapStateStarted', details: { length: 3 } });
    const succeeded = events.find((event) => event.type === 'MapStateSucceeded')!;
    expect(events[succeeded.previousEventId - 1]!.type).toBe('MapIterationSucceeded');
    const started = events.filter((event) => event.type === 'MapIterationStarted');
    expect(started.map((event) => event.details)).toEqual(
      [0, 1, 2].map((index) => ({ name: 'Only', index })),
    );
    for (const begin of started) {
      const line = [begin];
      for (let next; (next = events.find((event) => event.previousEventId === line.at(-1)!.id)); ) {
        line.push(next);
        if (next.type === 'MapIterationSucceeded') break;
      }
      expect(line.map((event) => event.type)).toEqual([
        'MapIterationStarted',
        'TaskStateEntered',
        'TaskScheduled',
        'TaskStarted',
        'TaskSucceeded',
        'TaskStateExited',
        'MapIterationSucceeded',
      ]);
    }
  });

  it('counts up without a gap, never back in time, and every event has come after its previous one', async () => {
    const { events } = await runMachine(one(map(task())), [1, 2, 3, 4, 5, 6, 7]);
    events.forEach((event, i) => {
      expect(event.id).toBe(i + 1);
      expect(event.previousEventId).toBeLessThan(event.id);
      if (i > 0) expect(event.timestampMs).toBeGreaterThanOrEqual(events[i - 1]!.timestampMs);
    });
  });

  it('goes to listeners as it happens, until they leave', async () => {
    const service = serve(one({ Type: 'Pass' }));
    const seen: string[] = [];
    const off = service.on(({ executionArn, event }) =>
      seen.push(`${executionArn.split(':').at(-1)} ${event.type}`),
    );
    const { executionArn } = service.start({ stateMachineArn: machineArn, name: 'n' });
    await service.finished(executionArn);
    off();
    await service.finished(service.start({ stateMachineArn: machineArn }).executionArn);
    expect(seen).toEqual([
      'n ExecutionStarted',
      'n PassStateEntered',
      'n PassStateExited',
      'n ExecutionSucceeded',
    ]);
  });
});
