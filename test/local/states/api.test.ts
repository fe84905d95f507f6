import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  type ExecutionStatus,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  PublishStateMachineVersionCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { LambdaError } from '../../../local/states/lambda-invoker';
import { listen } from './api-server';
import { machineArn, map, serve, task } from './run-machine';

/** Echoes at once, or fails as `Boom`, or hangs until `mood.words` change. */
const mood = { fail: false, hang: false };
const definition = {
  StartAt: 'Items',
  States: { Items: { ...map(task(), { ItemsPath: '$.items' }), End: true } },
};
const service = serve(definition, (_name, payload) => {
  if (mood.hang) return new Promise(() => {});
  if (mood.fail) return Promise.reject(new LambdaError('Boom', '{"errorType":"Boom"}'));
  return Promise.resolve(payload);
});
const gone = machineArn.replace(':Test', ':Gone');
let client: SFNClient;
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await listen(service);
  close = server.close;
  client = new SFNClient({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local-secret' },
    maxAttempts: 1,
  });
});
beforeEach(() => Object.assign(mood, { fail: false, hang: false }));
afterAll(async () => {
  client.destroy();
  await close();
});

async function start(input: unknown = { items: [1, 2] }, name?: string): Promise<string> {
  const command = new StartExecutionCommand({
    stateMachineArn: machineArn,
    name,
    input: JSON.stringify(input),
  });
  return (await client.send(command)).executionArn!;
}

async function ended(executionArn: string) {
  await service.finished(executionArn);
  return await client.send(new DescribeExecutionCommand({ executionArn }));
}

describe('StartExecution', () => {
  it('starts, and DescribeExecution tells all of it', async () => {
    const before = Date.now();
    const described = await ended(await start({ items: [0, null] }, 'first'));
    expect(described).toMatchObject({
      executionArn: `${machineArn.replace('stateMachine', 'execution')}:first`,
      stateMachineArn: machineArn,
      name: 'first',
      status: 'SUCCEEDED',
      input: '{"items":[0,null]}',
      output: '[0,null]',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
    });
    expect(described.startDate!.getTime()).toBeGreaterThanOrEqual(before);
    expect(described.stopDate!.getTime()).toBeGreaterThanOrEqual(described.startDate!.getTime());
  });

  it('is idempotent by name and input while the execution runs, and only then', async () => {
    mood.hang = true;
    const arn = await start({ items: [1] }, 'again');
    expect(await start({ items: [1] }, 'again')).toBe(arn);
    await expect(start({ items: [2] }, 'again')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await client.send(new StopExecutionCommand({ executionArn: arn }));
    await expect(start({ items: [1] }, 'again')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it.each(['a b', 'a/b', 'a:b', 'ü\u0007', 'a\u0085', 'x'.repeat(81), 'a*', 'a"', ''])(
    'refuses the name %j',
    async (name) => {
      await expect(start({ items: [] }, name)).rejects.toMatchObject({ name: 'InvalidName' });
    },
  );

  it.each(['{', '', 'undefined', `"${'x'.repeat(256 * 1024)}"`])('refuses the input %#', async (input) => {
    await expect(
      client.send(new StartExecutionCommand({ stateMachineArn: machineArn, input })),
    ).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
  });

  it('takes names of 80 characters, and of other alphabets', async () => {
    expect(await start({ items: [] }, 'x'.repeat(80))).toContain('x'.repeat(80));
    expect(await start({ items: [] }, 'Lauf-1_ü.端@')).toContain('ü.端@');
  });
});

describe('what is not there', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    [
      'a machine',
      () => client.send(new StartExecutionCommand({ stateMachineArn: gone })),
      'StateMachineDoesNotExist',
    ],
    [
      'a list',
      () => client.send(new ListExecutionsCommand({ stateMachineArn: gone })),
      'StateMachineDoesNotExist',
    ],
    [
      'a definition',
      () => client.send(new DescribeStateMachineCommand({ stateMachineArn: gone })),
      'StateMachineDoesNotExist',
    ],
    [
      'an execution',
      () => client.send(new DescribeExecutionCommand(execution('gone'))),
      'ExecutionDoesNotExist',
    ],
    [
      'a history',
      () => client.send(new GetExecutionHistoryCommand(execution('gone'))),
      'ExecutionDoesNotExist',
    ],
    ['a stop', () => client.send(new StopExecutionCommand(execution('gone'))), 'ExecutionDoesNotExist'],
    ['an ARN', () => client.send(new DescribeExecutionCommand({ executionArn: machineArn })), 'InvalidArn'],
    ['a parameter', () => client.send(new ListExecutionsCommand({})), 'ValidationException'],
    [
      'a status',
      () =>
        client.send(
          new ListExecutionsCommand({
            stateMachineArn: machineArn,
            statusFilter: 'SLEEPING' as ExecutionStatus,
          }),
        ),
      'ValidationException',
    ],
    [
      'a page size',
      () => client.send(new ListExecutionsCommand({ stateMachineArn: machineArn, maxResults: 1001 })),
      'ValidationException',
    ],
    [
      'a token',
      () => client.send(new ListExecutionsCommand({ stateMachineArn: machineArn, nextToken: 'x' })),
      'InvalidToken',
    ],
    [
      'an operation',
      () => client.send(new PublishStateMachineVersionCommand({ stateMachineArn: machineArn })),
      'UnknownOperationException',
    ],
  ])('%s is refused by name', async (_what, call, name) => {
    await expect(call()).rejects.toMatchObject({ name });
  });
});

function execution(name: string): { executionArn: string } {
  return { executionArn: `${machineArn.replace('stateMachine', 'execution')}:${name}` };
}

describe('ListExecutions', () => {
  it('gives the newest first, by status, in pages that new executions do not shift', async () => {
    mood.hang = true;
    const arns: string[] = [];
    for (let i = 0; i < 5; i++) arns.unshift(await start());
    const seen: (string | undefined)[] = [];
    const query = { stateMachineArn: machineArn, statusFilter: 'RUNNING' as const };
    for await (const page of paginateListExecutions({ client, pageSize: 2 }, query)) {
      seen.push(...page.executions!.map((one) => one.executionArn));
      // The item that the token names leaves the filter, and a new one comes in front.
      await client.send(new StopExecutionCommand({ executionArn: seen.at(-1) }));
      if (seen.length === 2) await start();
    }
    expect(seen).toEqual(arns);
  });
});

describe('GetExecutionHistory', () => {
  it('pages, reverses, and leaves the data out when asked', async () => {
    const executionArn = await start({ items: [1, 2, 3] });
    await service.finished(executionArn);
    const all = service.history(executionArn);
    for (const reverseOrder of [false, true]) {
      const ids: (number | undefined)[] = [];
      for await (const page of paginateGetExecutionHistory(
        { client, pageSize: 4 },
        { executionArn, reverseOrder },
      )) {
        expect(page.events!.length).toBeLessThanOrEqual(4);
        ids.push(...page.events!.map((event) => event.id));
      }
      const expected = all.map((event) => event.id);
      expect(ids).toEqual(reverseOrder ? expected.reverse() : expected);
    }
    const bare = await client.send(
      new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }),
    );
    expect(JSON.stringify(bare.events)).not.toMatch(/"(input|output|parameters)"/);
    expect(bare.events).toHaveLength(all.length);
  });

  it('refuses the token of another list', async () => {
    const executionArn = await start();
    await service.finished(executionArn);
    const page = { executionArn, maxResults: 2 };
    const { nextToken } = await client.send(new GetExecutionHistoryCommand(page));
    const reversed = new GetExecutionHistoryCommand({ ...page, nextToken, reverseOrder: true });
    await expect(client.send(reversed)).rejects.toMatchObject({ name: 'InvalidToken' });
    const next = await client.send(new GetExecutionHistoryCommand({ ...page, nextToken }));
    expect(next.events!.map((event) => event.id)).toEqual([3, 4]);
  });

  it('names the details as the SDK knows them', async () => {
    const executionArn = await start({ items: [7] });
    await service.finished(executionArn);
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    const of = (type: string) => events.find((event) => event.type === type)!;
    expect(of('ExecutionStarted').executionStartedEventDetails?.input).toBe('{"items":[7]}');
    expect(of('MapStateEntered').stateEnteredEventDetails).toEqual({
      name: 'Items',
      input: '{"items":[7]}',
      inputDetails: { truncated: false },
    });
    expect(of('MapStateStarted').mapStateStartedEventDetails).toEqual({ length: 1 });
    expect(of('MapIterationStarted').mapIterationStartedEventDetails).toEqual({ name: 'Items', index: 0 });
    expect(of('TaskScheduled').taskScheduledEventDetails).toMatchObject({
      resource: 'invoke',
      region: 'us-east-1',
    });
    expect(of('TaskSucceeded').taskSucceededEventDetails?.outputDetails).toEqual({ truncated: false });
    expect(of('TaskStateExited').stateExitedEventDetails).toMatchObject({ name: 'Item', output: '7' });
    expect(of('ExecutionSucceeded').executionSucceededEventDetails?.output).toBe('[7]');
    expect(of('ExecutionStarted').timestamp).toBeInstanceOf(Date);
  });
});

describe('StopExecution and RedriveExecution', () => {
  it('end a run, and take it up again', async () => {
    mood.hang = true;
    const executionArn = await start();
    const stopped = await client.send(new StopExecutionCommand({ executionArn, error: 'E', cause: 'c' }));
    expect(stopped.stopDate).toBeInstanceOf(Date);
    expect(await ended(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'E',
      cause: 'c',
      redriveStatus: 'REDRIVABLE',
    });
    Object.assign(mood, { hang: false, fail: true });
    const { redriveDate } = await client.send(new RedriveExecutionCommand({ executionArn }));
    expect(await ended(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'Boom',
      redriveCount: 1,
      redriveDate,
    });
    mood.fail = false;
    await client.send(new RedriveExecutionCommand({ executionArn }));
    expect(await ended(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '[1,2]',
      redriveCount: 2,
    });
    await expect(client.send(new RedriveExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
    });
  });
});

describe('the machines', () => {
  it('are listed and described with their definition', async () => {
    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    expect(stateMachines).toMatchObject([{ stateMachineArn: machineArn, name: 'Test', type: 'STANDARD' }]);
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn }));
    expect(described).toMatchObject({ status: 'ACTIVE', definition: JSON.stringify(definition) });
    const executionArn = await start();
    const of = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(of).toMatchObject({ stateMachineArn: machineArn, definition: JSON.stringify(definition) });
  });
});
