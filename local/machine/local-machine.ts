import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { RunStore } from '../../lib/run/run-store';
import type { FunctionSpec } from '../lambda/function-spec';
import { LambdaService, type SandboxLogLine } from '../lambda/lambda-service';
import { createRestApi } from '../rest/rest-api';
import { startS3Server } from '../s3/s3-server';
import { StepFunctions } from '../states/step-functions';
import { type Assembly, loadAssembly } from '../template/load-assembly';
import { synthesizedAssembly } from './assembly';
import { startControlServer } from './control-server';
import { invokeForStates } from './invoke-for-states';
import { localCredentials as credentials, localRegion as region } from './machine-ports';
import { Opened } from './opened';
import { RunMirror } from './run-mirror';
import { type SourceS3, sourceEnvironment } from './source-s3';

export interface LocalMachineOptions {
  /** Holds the objects of the embedded S3 and the synthesized stack. */
  dataDir: string;
  /** The folder of the embedded S3's objects. @default dataDir/s3 */
  s3Dir?: string;
  /** The parent of the run folders: `./runs`. */
  outDir: string;
  host: string;
  /** 0 takes any free port. */
  ports: { control: number; s3: number };
  /** Fetch from this S3 instead of the embedded one. */
  source?: SourceS3 | undefined;
  onLog: (line: SandboxLogLine) => void;
  /** Called when the stack has to be synthesized first, which takes seconds. */
  onSynth: () => void;
}

export interface LocalMachine {
  url: string;
  s3Url: string;
  stateMachineArn: string;
  runsBucket: string;
  stepFunctions: StepFunctions;
  store: RunStore;
  mirror: RunMirror;
  /** What a person may do with it. */
  welcome(): string;
  /** Resolves when no Lambda runs any more: one that was left behind by a stop runs to its end. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** One machine plays AWS: everything that the synthesized stack has, on two loopback ports. */
export async function startLocalMachine(options: LocalMachineOptions): Promise<LocalMachine> {
  const opened = new Opened();
  try {
    return await open(options, opened);
  } catch (error) {
    // A port that is taken is found out late: what listens already would keep the process alive.
    await opened.close();
    throw error;
  }
}

async function open(options: LocalMachineOptions, opened: Opened): Promise<LocalMachine> {
  const { dataDir, host, ports, outDir } = options;
  const assembly = await loadAssembly(await synthesizedAssembly(dataDir, options.onSynth));
  const s3 = await startS3Server({
    dataDir: options.s3Dir ?? join(dataDir, 's3'),
    host,
    port: ports.s3,
    credentials,
    region,
  });
  opened.add(() => s3.close());
  for (const { name } of assembly.buckets) s3.store.createBucket(name);
  const { runsBucket, stateMachine, restApi } = partsOf(assembly);
  const mirror = new RunMirror(s3.store, runsBucket, outDir);
  opened.add(() => mirror.settled());

  let controlUrl = '';
  const environment = sandboxEnvironment(s3.url, options.source);
  const functions = assembly.functions.map(withEverySource);
  const lambda = new LambdaService({ functions, environment, region, onLog: options.onLog });
  opened.add(() => lambda.close());
  await lambda.start();
  const stepFunctions = new StepFunctions({
    machines: assembly.stateMachines,
    invoke: invokeForStates(lambda),
    region,
    accountId: '123456789012',
  });
  const api = createRestApi(restApi, (functionArn, payload) => lambda.invoke(functionArn, payload));
  const welcome = () => welcomeText(controlUrl, s3.url, stateMachine.arn, runsBucket);
  const control = await startControlServer(
    { stepFunctions, lambda, restApi: api, credentials, region, welcome },
    { host, port: ports.control },
  );
  opened.add(() => control.close());
  opened.add(() => stepFunctions.close());
  controlUrl = control.url;
  // Sandboxes start with their first event, so none has missed it.
  environment['AWS_ENDPOINT_URL_SFN'] = controlUrl;
  const client = new S3Client({ endpoint: s3.url, region, credentials, forcePathStyle: true });
  opened.add(async () => client.destroy());
  return {
    url: control.url,
    s3Url: s3.url,
    stateMachineArn: stateMachine.arn,
    runsBucket,
    stepFunctions,
    store: new RunStore(client, runsBucket),
    mirror,
    welcome,
    idle: () => lambda.idle(),
    close: () => opened.close(),
  };
}

function partsOf({ buckets, stateMachines, restApi }: Assembly) {
  const [bucket] = buckets;
  const [stateMachine] = stateMachines;
  if (!bucket || !stateMachine || !restApi)
    throw new Error('the synthesized stack lacks a bucket, a state machine or a REST API');
  return { runsBucket: bucket.name, stateMachine, restApi };
}

function sandboxEnvironment(s3Url: string, source: SourceS3 | undefined): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_S3: s3Url,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    PROGRESS_LINES: 'on',
    ...(source && sourceEnvironment(source)),
  };
}

// What lies on this machine is its user's own; on AWS the list is what was given at deploy time.
function withEverySource(spec: FunctionSpec): FunctionSpec {
  if (spec.environment['ALLOWED_SOURCES'] === undefined) return spec;
  return { ...spec, environment: { ...spec.environment, ALLOWED_SOURCES: '*' } };
}

function welcomeText(url: string, s3Url: string, stateMachineArn: string, bucket: string): string {
  return [
    'This machine plays AWS for s3-fetch-tuner.',
    `  REST API, Step Functions, Lambda  ${url}`,
    `  S3                                ${s3Url}  bucket ${bucket}`,
    `  state machine                     ${stateMachineArn}`,
    `  credentials                       ${credentials.accessKeyId} / ${credentials.secretAccessKey}, region ${region}`,
    'Start a run and look at it:',
    `  curl -X POST ${url}/runs -H 'content-type: application/json' -d '{}'`,
    `  curl ${url}/runs`,
    '',
  ].join('\n');
}
