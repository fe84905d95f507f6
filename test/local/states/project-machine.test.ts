import { readFileSync } from 'node:fs';
import { LambdaError, type LambdaInvoker } from '../../../local/states/lambda-invoker';
import { finish, machineArn, runMachine, serve } from './run-machine';

const definition = JSON.parse(
  readFileSync('lib/machine/state-machine.asl.json', 'utf8')
    // oxlint-disable-next-line no-template-curly-in-string -- the placeholders of the file
    .replaceAll('${Partition}', 'aws')
    // oxlint-disable-next-line no-template-curly-in-string -- the placeholders of the file
    .replaceAll('${PlanFunction}', 'plan')
    // oxlint-disable-next-line no-template-curly-in-string -- the placeholders of the file
    .replaceAll('${SummarizeFunction}', 'summarize'),
) as object;

const plan = {
  runId: 'r1',
  indexes: [0, 1, 2],
  trials: [
    { id: 'sequential-1#1', function: 'fetch-1769', spread: 'one-lambda', concurrency: 1 },
    { id: 'map-2#1', function: 'fetch-1769', spread: 'lambda-per-object', concurrency: 2 },
  ],
};

interface Call {
  functionName: string;
  payload: Record<string, unknown>;
}

function functions(answers: Record<string, (payload: Record<string, unknown>) => unknown>) {
  const calls: Call[] = [];
  const invoke: LambdaInvoker = async (functionName, raw) => {
    const payload = raw as Record<string, unknown>;
    calls.push({ functionName, payload });
    return await answers[functionName]!(payload);
  };
  return { calls, invoke };
}

describe("the project's state machine", () => {
  it('plans, runs every trial in order and sums up', async () => {
    const { calls, invoke } = functions({
      plan: () => plan,
      'fetch-1769': () => ({ fetched: 3, failed: 0 }),
      summarize: ({ runId }) => ({ runId, status: 'complete' }),
    });
    const service = serve(definition, invoke);
    const { executionArn } = service.start({ stateMachineArn: machineArn, name: 'r1', input: '{"num":1}' });
    const { status, result, types } = await finish(service, executionArn);
    expect(status).toBe('SUCCEEDED');
    expect(result).toEqual({ runId: 'r1', status: 'complete' });
    const startedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
    expect(calls[0]).toEqual({
      functionName: 'plan',
      payload: { runId: 'r1', startedAt, request: { num: 1 } },
    });
    const fetches = calls.filter((call) => call.functionName === 'fetch-1769').map((call) => call.payload);
    expect(fetches.map(({ trial, index }) => [trial, index])).toEqual([
      ['sequential-1#1', undefined],
      ['map-2#1', 0],
      ['map-2#1', 1],
      ['map-2#1', 2],
    ]);
    expect(fetches[3]).toEqual({
      runId: 'r1',
      trial: 'map-2#1',
      index: 2,
      enteredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      retryCount: 0,
    });
    expect(types.filter((type) => type === 'TaskSucceeded')).toHaveLength(6);
  });

  it('goes on where a Lambda was lost twice', async () => {
    const { calls, invoke } = functions({
      plan: () => ({ ...plan, trials: [{ ...plan.trials[1], concurrency: 40 }] }),
      'fetch-1769': ({ index }) => {
        if (index === 1) throw new LambdaError('Sandbox.Timedout', 'Task timed out');
        return { fetched: 1, failed: 0 };
      },
      summarize: () => 'summed up',
    });
    const { status, result } = await runMachine(definition, {}, invoke, {
      nowMs: Date.now,
      random: () => 0,
      after: (_delayMs, fire) => {
        const timer = _delayMs > 5000 ? undefined : setImmediate(fire);
        return () => clearImmediate(timer);
      },
    });
    expect({ status, result }).toEqual({ status: 'SUCCEEDED', result: 'summed up' });
    const lost = calls.filter(({ payload }) => payload.index === 1).map(({ payload }) => payload.retryCount);
    expect(lost).toEqual([0, 1]);
  });

  it('fails on a way of spreading that it does not know', async () => {
    const { invoke } = functions({ plan: () => ({ ...plan, trials: [{ spread: 'telepathy' }] }) });
    expect(await runMachine(definition, {}, invoke)).toMatchObject({
      status: 'FAILED',
      error: 'UnknownSpread',
    });
  });
});
