import { devNull } from 'node:os';
import type { FunctionSpec } from './function-spec';

/** Nothing of the daemon's own environment reaches a function but PATH. */
export function sandboxEnvironment(
  spec: FunctionSpec,
  place: { region: string; logStream: string; runtimeApi: string; environment: Record<string, string> },
): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    PATH: process.env['PATH'] ?? '',
    ...spec.environment,
    ...place.environment,
    TZ: ':UTC',
    _HANDLER: spec.handler,
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${spec.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memorySizeMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(spec),
    AWS_LAMBDA_LOG_STREAM_NAME: place.logStream,
    AWS_LAMBDA_RUNTIME_API: place.runtimeApi,
    LAMBDA_TASK_ROOT: spec.codeDir,
    // The SDK would otherwise read the developer's own profile, and wait for a metadata service that is not there.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    // The SDK would warn of this machine's Node at every cold start; on AWS the function has its own.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

function logGroupName(spec: FunctionSpec): string {
  return `/aws/lambda/${spec.name}`;
}
