import {
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  MethodLoggingLevel,
  Model,
  RequestValidator,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { accessLog } from './access-log';
import { refusedBody, requestModel } from './request-model';

export interface RunApiProps {
  handler: LambdaFunction;
  logRetention: RetentionDays;
  logsRole: boolean;
}

/** The REST API of runs; who calls it signs with IAM. */
export function createRunApi(scope: Construct, props: RunApiProps): RestApi {
  const api = new RestApi(scope, 'RestApi', {
    restApiName: Stack.of(scope).stackName,
    description: 's3-fetch-tuner: starts, shows and stops runs',
    endpointTypes: [EndpointType.REGIONAL],
    cloudWatchRole: props.logsRole,
    defaultMethodOptions: { authorizationType: AuthorizationType.IAM },
    deployOptions: {
      stageName: 'v1',
      // A run lasts minutes: five requests a second are people and pollers, more is a mistake.
      throttlingRateLimit: 5,
      throttlingBurstLimit: 10,
      tracingEnabled: true,
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      ...accessLog(scope, props.logRetention),
    },
  });
  // The construct makes an output of its own for every API; the stack has one with a description.
  api.node.tryRemoveChild('Endpoint');
  addRoutes(api, props.handler);
  api.addGatewayResponse('BadRequestBody', refusedBody());
  return api;
}

function addRoutes(api: RestApi, handler: LambdaFunction): void {
  const integration = new LambdaIntegration(handler, { allowTestInvoke: false });
  const requestValidator = new RequestValidator(api, 'Validator', {
    restApi: api,
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  const runs = api.root.addResource('runs');
  const run = runs.addResource('{runId}');
  runs.addMethod('GET', integration, { requestValidator });
  runs.addMethod('POST', integration, {
    requestValidator,
    requestModels: {
      'application/json': new Model(api, 'Request', { restApi: api, schema: requestModel() }),
    },
  });
  run.addMethod('GET', integration, { requestValidator });
  run.addMethod('DELETE', integration, { requestValidator });
  run.addResource('report').addMethod('GET', integration, { requestValidator });
  run.addResource('records').addMethod('GET', integration, { requestValidator });
}
