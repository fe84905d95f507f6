import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localCredentials, localRegion } from '../../../local/machine/machine-ports';
import { parseRecords } from './run-files';
import { isPresent, runProgram } from './run-program';
import { startMachine, type StartedMachine } from './start-machine';
import { tempFolder } from './temp-folder';
import { until } from './until';
import { patientTimeouts, startWatchedS3, watchedBucket, type WatchedS3 } from './watched-s3';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const keys = ['1', '2', '3'];
const request = {
  bucket: watchedBucket,
  keys,
  strategies: ['concurrent'],
  num: 1,
  warmup: 0,
  timeouts: patientTimeouts,
};
const folder = tempFolder();
const env = {
  PATH: process.env['PATH'],
  HOME: folder.path,
  // A version manager may find its programs by the true home.
  PYENV_ROOT: process.env['PYENV_ROOT'] ?? join(process.env['HOME'] ?? '', '.pyenv'),
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  AWS_DEFAULT_REGION: localRegion,
  AWS_EC2_METADATA_DISABLED: 'true',
};

let watched: WatchedS3;
let started: StartedMachine;

beforeAll(async () => {
  watched = await startWatchedS3();
  for (const key of keys) await watched.put(key, key);
  started = await startMachine(watched.source);
});

afterAll(async () => {
  await started?.close();
  await watched?.close();
  folder.remove();
});

beforeEach(() => watched.reset());

const withCurl = isPresent('curl', '--version') ? describe : describe.skip;
const withAws = isPresent('aws', '--version') ? describe : describe.skip;
const withBoto3 = isPresent('python3', '-c', 'import boto3') ? describe : describe.skip;

async function curl(...args: string[]): Promise<{ status: number; body: string }> {
  const all = ['-sS', '-w', '\n%{http_code}', ...args];
  const { stdout } = await runProgram('curl', all, { env });
  const at = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(at + 1)), body: stdout.slice(0, at) };
}

withCurl('curl', () => {
  it('starts a run, follows it, reads its records and ends it', async () => {
    const runs = `${started.machine.url}/runs`;
    const posted = await curl(
      '-X',
      'POST',
      runs,
      '-H',
      'content-type: application/json',
      '-d',
      JSON.stringify(request),
    );
    expect(posted.status).toBe(202);
    const { runId } = JSON.parse(posted.body) as { runId: string };
    const ended = await until(async () => {
      const { body } = await curl(`${runs}/${runId}`);
      const run = JSON.parse(body) as { status: string };
      return run.status === 'running' ? null : run;
    });
    expect(ended).toMatchObject({ status: 'complete', summary: { records: { fetched: 3 } } });
    const records = parseRecords((await curl(`${runs}/${runId}/records`)).body);
    expect(new Set(records.map(({ key }) => key))).toEqual(new Set(keys));
    expect(records).toHaveLength(3);
    expect((await curl(`${runs}/${runId}/report`)).body).toContain('3 of 3 fetched');
    expect((await curl('-X', 'DELETE', `${runs}/${runId}`)).status).toBe(200);
    expect((await curl(`${runs}/unknown`)).status).toBe(404);
  });
});

withAws('the aws CLI', () => {
  const aws = async (...args: string[]) => {
    const { code, stdout, stderr } = await runProgram('aws', [...args, '--output', 'json'], { env });
    if (code !== 0) throw new Error(`aws ${args.join(' ')}: ${stderr}`);
    return stdout;
  };

  it('copies into the S3 of this machine, lists it, and copies back', async () => {
    const { s3Url, runsBucket } = started.machine;
    const [from, to] = ['from', 'to'].map((name) => join(folder.path, name)) as [string, string];
    writeFileSync(from, Buffer.alloc(300_000, 'bytes'));
    const s3 = (...args: string[]) => aws('s3', ...args, '--endpoint-url', s3Url);
    await s3('cp', from, `s3://${runsBucket}/from-cli/a b.bin`);
    expect(await s3('ls', `s3://${runsBucket}/from-cli/`)).toMatch(/ 300000 a b\.bin/);
    await s3('cp', `s3://${runsBucket}/from-cli/a b.bin`, to);
    expect(readFileSync(to).equals(readFileSync(from))).toBe(true);
  });

  it('starts an execution and reads how it went', async () => {
    const { url, stateMachineArn } = started.machine;
    const sfn = async (...args: string[]) =>
      JSON.parse(await aws('stepfunctions', ...args, '--endpoint-url', url)) as Record<string, unknown>;
    const machine = ['--state-machine-arn', stateMachineArn];
    const { executionArn } = await sfn(
      'start-execution',
      ...machine,
      '--name',
      'by-cli',
      '--input',
      JSON.stringify(request),
    );
    await started.machine.stepFunctions.finished(executionArn as string);
    const described = await sfn('describe-execution', '--execution-arn', executionArn as string);
    expect(described).toMatchObject({ name: 'by-cli', status: 'SUCCEEDED' });
    expect(JSON.parse(described['output'] as string)).toMatchObject({
      runId: 'by-cli',
      status: 'complete',
      records: { fetched: 3 },
      summary: `s3://${started.machine.runsBucket}/runs/by-cli/summary.json`,
    });
    const wrong = { ...env, AWS_SECRET_ACCESS_KEY: 'wrong' };
    const args = ['stepfunctions', 'list-executions', ...machine, '--endpoint-url', url];
    const refused = await runProgram('aws', args, { env: wrong });
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('InvalidSignatureException');
  });
});

withBoto3('boto3', () => {
  it('drives S3, Step Functions and Lambda', async () => {
    // The run that is to be stopped cannot end before it is.
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    watched.beforeGet = () => held;
    const { url, s3Url, stateMachineArn, runsBucket } = started.machine;
    const asked = JSON.stringify({ url, s3Url, stateMachineArn, runsBucket, request });
    const { stdout, stderr } = await runProgram('python3', ['-c', script], { env, input: asked });
    release();
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      body: 'from boto3',
      listed: ['boto/a+b c.txt'],
      started: 'RUNNING',
      stopped: 'ABORTED',
      error: 'Enough',
      listedExecutions: ['by-boto3'],
      firstEvents: ['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled'],
      lastEvent: 'ExecutionAborted',
      functionError: 'Unhandled',
      errorType: 'RequestError',
    });
    await started.machine.idle();
  });
});

const script = `
import boto3, json, sys
asked = json.load(sys.stdin)
s3 = boto3.client('s3', endpoint_url=asked['s3Url'])
sfn = boto3.client('stepfunctions', endpoint_url=asked['url'])
awslambda = boto3.client('lambda', endpoint_url=asked['url'])
bucket, machine, said = asked['runsBucket'], asked['stateMachineArn'], {}

s3.put_object(Bucket=bucket, Key='boto/a+b c.txt', Body=b'from boto3')
said['body'] = s3.get_object(Bucket=bucket, Key='boto/a+b c.txt')['Body'].read().decode()
said['listed'] = [o['Key'] for o in s3.list_objects_v2(Bucket=bucket, Prefix='boto/')['Contents']]

arn = sfn.start_execution(stateMachineArn=machine, name='by-boto3', input=json.dumps(asked['request']))['executionArn']
said['started'] = sfn.describe_execution(executionArn=arn)['status']
sfn.stop_execution(executionArn=arn, error='Enough', cause='by boto3')
described = sfn.describe_execution(executionArn=arn)
said['stopped'], said['error'] = described['status'], described['error']
aborted = sfn.list_executions(stateMachineArn=machine, statusFilter='ABORTED')['executions']
said['listedExecutions'] = [e['name'] for e in aborted]
events = [e['type'] for page in sfn.get_paginator('get_execution_history').paginate(executionArn=arn) for e in page['events']]
said['firstEvents'], said['lastEvent'] = events[:3], events[-1]

names = [f['FunctionName'] for f in awslambda.list_functions()['Functions']]
plan = [name for name in names if 'Plan' in name][0]
answer = awslambda.invoke(FunctionName=plan, Payload=json.dumps({'runId': 'x', 'request': {'num': 0}}))
said['functionError'] = answer['FunctionError']
said['errorType'] = json.load(answer['Payload'])['errorType']
json.dump(said, sys.stdout)
`;
