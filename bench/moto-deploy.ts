import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';

/** Shows that `cdk bootstrap` and `cdk deploy` work, against moto: no account, no docker. */
async function main(): Promise<void> {
  if (spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status !== 0) {
    console.log('skipped: moto_server is not installed here (pip install "moto[server]")');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'moto-deploy-'));
  const port = await freePort();
  const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  try {
    // "localhost", because moto takes an address in numbers for the name of a bucket's host.
    const endpoint = `http://localhost:${port}`;
    await waitUntilUp(endpoint, moto);
    await deployAndCheck(endpoint, folder);
  } finally {
    await end(moto);
    rmSync(folder, { recursive: true });
  }
}

const region = 'us-east-1';
const account = '123456789012';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };

async function deployAndCheck(endpoint: string, folder: string): Promise<void> {
  const assembly = join(folder, 'cdk.out');
  const cdk = (...args: string[]) => runCdk(endpoint, args);
  const outputsFile = join(folder, 'outputs.json');
  const settings = ['-c', 'allowedSources=my-lake/events/', '-c', 'memorySizes=1024,1769'];

  await timed('bootstrap', () => cdk('bootstrap', `aws://${account}/${region}`, '--app', ''));
  // moto runs a change set in an order that leaves the REST API without methods.
  const direct = ['--method', 'direct', '--require-approval', 'never'];
  const files = ['--output', assembly, '--outputs-file', outputsFile];
  await timed('deploy', () => cdk('deploy', 'S3FetchTuner', ...direct, ...files, ...settings));
  const outputs = (JSON.parse(readFileSync(outputsFile, 'utf8')) as { S3FetchTuner: Outputs }).S3FetchTuner;
  for (const [name, value] of Object.entries(outputs)) console.log(`  ${name} = ${value}`);

  const clients = { region, endpoint, credentials };
  await timed('check', async () => {
    await checkBucket(new S3Client({ ...clients, forcePathStyle: true }), outputs);
    const functions = await checkFunctions(new LambdaClient(clients));
    await checkStateMachine(new SFNClient(clients), outputs, functions);
    await checkApi(endpoint);
  });

  await timed('destroy', () => cdk('destroy', 'S3FetchTuner', '--force', '--app', assembly));
  const { stateMachines } = await new SFNClient(clients).send(new ListStateMachinesCommand({}));
  expect('no state machine is left', stateMachines?.length === 0);
}

type Outputs = Record<
  'StateMachineArn' | 'RunsBucketName' | 'ApiUrl' | 'StartCommand' | 'StartInConsole',
  string
>;

async function checkBucket(s3: S3Client, { RunsBucketName }: Outputs): Promise<void> {
  const { ServerSideEncryptionConfiguration: encryption } = await s3.send(
    new GetBucketEncryptionCommand({ Bucket: RunsBucketName }),
  );
  const [rule] = encryption?.Rules ?? [];
  expect('the bucket is encrypted', rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm === 'AES256');
}

async function checkFunctions(lambda: LambdaClient): Promise<string[]> {
  const { Functions: functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const sizes = functions.map(({ MemorySize }) => MemorySize).sort((a, b) => a! - b!);
  expect('five functions, fetch once a memory size', sizes.join() === '512,1024,1769,1769,1769');
  expect(
    'all on nodejs24.x',
    functions.every(({ Runtime }) => Runtime === 'nodejs24.x'),
  );
  return functions.map(({ FunctionArn }) => FunctionArn!);
}

async function checkStateMachine(
  sfn: SFNClient,
  { StateMachineArn }: Outputs,
  functions: string[],
): Promise<void> {
  const { definition } = await sfn.send(
    new DescribeStateMachineCommand({ stateMachineArn: StateMachineArn }),
  );
  const { States } = JSON.parse(definition!) as {
    States: Record<'Plan' | 'Summarize', { Resource: string; Parameters: { FunctionName: string } }>;
  };
  expect('no placeholder is left in the definition', !definition!.includes('${'));
  expect('it invokes through Step Functions', States.Plan.Resource === 'arn:aws:states:::lambda:invoke');
  for (const state of [States.Plan, States.Summarize])
    expect(`it invokes ${state.Parameters.FunctionName}`, functions.includes(state.Parameters.FunctionName));
}

async function checkApi(endpoint: string): Promise<void> {
  const apis = (await apiGateway(endpoint, '/restapis')) as { item: { id: string; name: string }[] };
  expect('one REST API, named as the stack', apis.item.map(({ name }) => name).join() === 'S3FetchTuner');
  const { item } = (await apiGateway(endpoint, `/restapis/${apis.item[0]!.id}/resources`)) as {
    item: { path: string; resourceMethods?: Record<string, unknown> }[];
  };
  const routes = item.flatMap(({ path, resourceMethods }) =>
    Object.keys(resourceMethods ?? {}).map((method) => `${method} ${path}`),
  );
  expect('six routes', routes.length === 6 && routes.includes('DELETE /runs/{runId}'));
}

/** moto tells the service from the scope of the signature and does not check the rest. */
async function apiGateway(endpoint: string, path: string): Promise<unknown> {
  const scope = `${credentials.accessKeyId}/20260101/${region}/apigateway/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
  return (await fetch(`${endpoint}${path}`, { headers: { authorization } })).json();
}

async function runCdk(endpoint: string, args: string[]): Promise<void> {
  const child = spawn('npx', ['cdk', ...args, '--no-notices', '--ci'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(`cdk ${args[0]} ends well`, code === 0);
}

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

function expect(what: string, holds: boolean): void {
  if (!holds) throw new Error(`not so: ${what}`);
  console.log(`  ok: ${what}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((closed) => void server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function waitUntilUp(endpoint: string, { exitCode }: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (exitCode !== null) throw new Error(`moto_server ended with ${exitCode}`);
    const isUp = await fetch(`${endpoint}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await sleep(200);
  }
  throw new Error('moto_server did not come up within 20 s');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
