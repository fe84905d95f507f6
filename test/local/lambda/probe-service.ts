import { join } from 'node:path';
import {
  type FunctionSpec,
  type InvokeResult,
  LambdaService,
  type SandboxLogLine,
} from '../../../local/lambda/lambda-service';

/** A function whose code is one of the folders beside this file. */
export function functionSpec(folder: string, settings: Partial<FunctionSpec> = {}): FunctionSpec {
  const name = settings.name ?? folder;
  return {
    name,
    arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    codeDir: join(__dirname, 'functions', folder),
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    timeoutSeconds: 30,
    memorySizeMb: 256,
    environment: {},
    ...settings,
  };
}

export function startService(
  functions: FunctionSpec[] = [functionSpec('probe')],
  onLog?: (line: SandboxLogLine) => void,
): LambdaService {
  const environment = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local-secret' };
  return new LambdaService({ functions, environment, region: 'us-east-1', onLog });
}

export function answerOf<T>(result: InvokeResult): T {
  return JSON.parse(result.payload.toString()) as T;
}
