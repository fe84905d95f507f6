import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { handleStepFunctionsRequest } from '../../../local/states/json-protocol';
import { listen } from './api-server';
import { machineArn, one, serve, task } from './run-machine';

async function post(target: string, body: string) {
  const answer = await handleStepFunctionsRequest(serve(one(task())), target, Buffer.from(body));
  return { ...answer, json: JSON.parse(answer.body) as Record<string, unknown> };
}

describe('AWS JSON 1.0', () => {
  it('answers with its content type, a request id, and times in seconds', async () => {
    const body = JSON.stringify({ stateMachineArn: machineArn, input: '{}' });
    const { status, headers, json } = await post('AWSStepFunctions.StartExecution', body);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/x-amz-json-1.0');
    expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs((json.startDate as number) - Date.now() / 1000)).toBeLessThan(60);
  });

  it.each([
    ['AWSStepFunctions.StartExecution', '{', 'SerializationException'],
    ['AWSStepFunctions.StartExecution', '[]', 'SerializationException'],
    ['AWSStepFunctions.StartExecution', '', 'ValidationException'],
    ['AWSStepFunctions.StartExecution', '{"stateMachineArn":1}', 'ValidationException'],
    ['AWSStepFunctions.StartExecution', '{"__proto__":{"stateMachineArn":"a"}}', 'ValidationException'],
    ['AWSStepFunctions.constructor', '{}', 'UnknownOperationException'],
    ['AWSStepFunctions.DeleteStateMachine', '{}', 'UnknownOperationException'],
    ['StartExecution', '{}', 'UnknownOperationException'],
    ['', '{}', 'UnknownOperationException'],
  ])('%s with %j is a %s', async (target, body, type) => {
    const { status, json } = await post(target, body);
    expect(status).toBe(400);
    expect(json).toEqual({ __type: type, message: expect.stringMatching(/./) as string });
  });
});

const hasCli = spawnSync('aws', ['--version']).status === 0;

(hasCli ? describe : describe.skip)('the aws CLI', () => {
  it('starts an execution and reads how it ended', async () => {
    const service = serve(one(task()));
    const { endpoint, close } = await listen(service);
    const aws = async (...args: string[]): Promise<Record<string, unknown>> => {
      const env = {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local-secret',
        AWS_DEFAULT_REGION: 'us-east-1',
      };
      const all = ['stepfunctions', ...args, '--endpoint-url', endpoint, '--output', 'json'];
      return JSON.parse((await promisify(execFile)('aws', all, { env })).stdout) as Record<string, unknown>;
    };
    try {
      const started = await aws(
        'start-execution',
        '--state-machine-arn',
        machineArn,
        '--name',
        'cli',
        '--input',
        '{"a":0}',
      );
      const executionArn = started.executionArn as string;
      await service.finished(executionArn);
      const described = await aws('describe-execution', '--execution-arn', executionArn);
      expect(described).toMatchObject({ name: 'cli', status: 'SUCCEEDED', output: '{"a":0}' });
      const { events } = await aws('get-execution-history', '--execution-arn', executionArn);
      expect((events as unknown[]).length).toBe(7);
    } finally {
      await close();
    }
  }, 60_000);
});
