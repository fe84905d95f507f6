import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type AllowedSource, grantedSource } from './allowed-source';
import { createApiFunction } from './api-function';
import { builtHandlers, bundleHandlers } from './bundle-handlers';
import { createFetchFunctions } from './fetch-functions';
import type { HandlerSettings } from './handler-settings';
import { checkedMemorySizes } from './memory-sizes';
import { createPlanFunction } from './plan-function';
import { createRunApi } from './run-api';
import { createRunMachine } from './run-machine';
import { createRunsBucket } from './runs-bucket';
import { sourceEnvironment } from './source-environment';
import { createSummarizeFunction } from './summarize-function';

/** Settings of {@link S3FetchTuner}; each may be left out. */
export interface S3FetchTunerProps {
  /**
   * The objects that may be read, in any region of any account that allows it too.
   * @default - only the sample objects in the bucket of the construct
   */
  readonly allowedSources?: readonly AllowedSource[];
  /**
   * Memory in MB, 128 to 10,240: a fetching Lambda each, which a request may race.
   * @default [1769] - the least memory that has a whole vCPU
   */
  readonly memorySizes?: readonly number[];
  /**
   * How many fetching Lambdas of a memory size may run at once.
   * @default - what the account has left
   */
  readonly fetchReservedConcurrency?: number;
  /**
   * How long a run folder is kept.
   * @default Duration.days(90)
   */
  readonly runsExpireAfter?: Duration;
  /**
   * How long logs are kept.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
  /**
   * What becomes of the bucket, and the runs in it, when the stack goes. A bucket that is not empty is never deleted.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Where S3 logs who read the bucket.
   * @default - not logged
   */
  readonly accessLogsBucket?: IBucket;
  /**
   * Whether to let API Gateway write logs, a setting of the whole account and region; deploying fails where nobody set it.
   * @default true
   */
  readonly apiGatewayLogsRole?: boolean;
  /**
   * Folder that holds the bundled handlers, `plan/index.mjs` and so on.
   * @default - the handlers of this package
   */
  readonly handlersDir?: string;
}

/**
 * Races the ways of fetching S3 objects: a bucket for runs, the Lambdas, the state machine and a REST API.
 * Denies by default: it reads only what `allowedSources` names.
 *
 * @example
 * ```ts
 * const tuner = new S3FetchTuner(this, 'Tuner', {
 *   allowedSources: [{ bucketName: 'my-lake', prefix: 'events/' }],
 *   memorySizes: [1024, 1769],
 * });
 * new CfnOutput(this, 'Machine', { value: tuner.stateMachine.stateMachineArn });
 * ```
 */
export class S3FetchTuner extends Construct {
  /** Holds `runs/<runId>/` and `sample_files/`. */
  readonly bucket: Bucket;
  /** Performs a run: start it with a request, `{}` for the sample objects. */
  readonly stateMachine: StateMachine;
  /** Starts, shows and stops runs; IAM decides who may call it. */
  readonly api: RestApi;
  /** The fetching Lambdas by their memory in MB. */
  readonly fetchFunctions: ReadonlyMap<number, LambdaFunction>;

  constructor(scope: Construct, id: string, props: S3FetchTunerProps = {}) {
    super(scope, id);
    const granted = (props.allowedSources ?? []).map(grantedSource);
    const memorySizesMb = checkedMemorySizes(props.memorySizes ?? [1769]);
    const logRetention = props.logRetention ?? RetentionDays.ONE_MONTH;
    this.bucket = createRunsBucket(this, {
      runsExpireAfter: props.runsExpireAfter ?? Duration.days(90),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      accessLogsBucket: props.accessLogsBucket,
    });
    const settings: HandlerSettings = {
      handlers: props.handlersDir === undefined ? bundleHandlers() : builtHandlers(props.handlersDir),
      runsBucket: this.bucket,
      granted,
      sources: sourceEnvironment(this, this.bucket, granted),
      logRetention,
    };
    this.fetchFunctions = createFetchFunctions(this, settings, memorySizesMb, props.fetchReservedConcurrency);
    this.stateMachine = createRunMachine(this, {
      plan: createPlanFunction(this, settings, this.fetchFunctions),
      fetch: [...this.fetchFunctions.values()],
      summarize: createSummarizeFunction(this, settings),
      logRetention,
    });
    this.api = createRunApi(this, {
      handler: createApiFunction(this, settings, this.stateMachine),
      logRetention,
      logsRole: props.apiGatewayLogsRole ?? true,
    });
  }
}
