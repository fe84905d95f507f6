import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answer } from '../lib/api/routes';
import { RunStore } from '../lib/run/run-store';
import { environment, sampleSource, sourceS3 } from './environment';

const api = {
  s3: new S3Client(sourceS3()),
  sfn: new SFNClient({}),
  store: new RunStore(new S3Client({}), environment('RUNS_BUCKET')),
  stateMachineArn: environment('STATE_MACHINE_ARN'),
  allowedSources: environment('ALLOWED_SOURCES'),
  sample: sampleSource(),
};

/** REST API → runs. */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  return answer(api, {
    method: event.httpMethod,
    resource: event.resource,
    runId: event.pathParameters?.['runId'] ?? null,
    query: event.queryStringParameters ?? {},
    headers: event.headers,
    body: event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? ''),
    stagePath: event.requestContext.path.slice(0, event.requestContext.path.length - event.path.length),
  });
}
