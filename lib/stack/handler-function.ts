import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface HandlerFunctionProps {
  description: string;
  /** Folder that holds `index.mjs`. */
  codeDir: string;
  memorySizeMb: number;
  timeoutSeconds: number;
  environment: Record<string, string>;
  statements: PolicyStatement[];
  logRetention: RetentionDays;
  reservedConcurrency?: number;
}

/** A Lambda with a role and a log group of its own; the role may do what the statements say, write its log and trace. */
export function createHandlerFunction(
  scope: Construct,
  id: string,
  props: HandlerFunctionProps,
): LambdaFunction {
  const place = new Construct(scope, id);
  const logGroup = new LogGroup(place, 'LogGroup', {
    retention: props.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(place, 'Role', {
    description: `${props.description}: its permissions`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  for (const statement of props.statements) role.addToPolicy(statement);
  logGroup.grantWrite(role);
  return new LambdaFunction(place, 'Function', {
    description: props.description,
    code: Code.fromAsset(props.codeDir),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: props.memorySizeMb,
    timeout: Duration.seconds(props.timeoutSeconds),
    environment: props.environment,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    tracing: Tracing.ACTIVE,
    reservedConcurrentExecutions: props.reservedConcurrency,
  });
}
