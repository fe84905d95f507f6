import type { FunctionSpec } from './function-spec';

interface FunctionConfiguration {
  FunctionName: string;
  FunctionArn: string;
  [field: string]: unknown;
}

/** GetFunction's answer, as far as it means something on one machine. */
export function functionConfiguration(spec: FunctionSpec): {
  Configuration: FunctionConfiguration;
  Concurrency?: { ReservedConcurrentExecutions: number };
} {
  const reserved = spec.reservedConcurrency;
  return {
    Configuration: configuration(spec),
    ...(reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
  };
}

/** ListFunctions' answer: always one page. */
export function functionListing(functions: FunctionSpec[]): { Functions: FunctionConfiguration[] } {
  return { Functions: functions.map(configuration) };
}

function configuration(spec: FunctionSpec): FunctionConfiguration {
  return {
    FunctionName: spec.name,
    FunctionArn: spec.arn,
    Runtime: spec.runtime,
    Handler: spec.handler,
    Timeout: spec.timeoutSeconds,
    MemorySize: spec.memorySizeMb,
    Environment: { Variables: spec.environment },
    Version: '$LATEST',
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
