import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Api, ApiAnswer, ApiRequest } from '../../../lib/api/api';
import { answer } from '../../../lib/api/routes';
import { RunStore } from '../../../lib/run/run-store';
import { handleStepFunctionsRequest } from '../../../local/states/json-protocol';
import { credentials, region, startTestServer, type TestServer } from '../../local/s3/test-server';
import { machineArn, serve } from '../../local/states/run-machine';

const bucket = 'runs-bucket';

/** The API over a real S3 and a real Step Functions, whose executions wait until they are stopped. */
export interface ApiUnderTest {
  api: Api;
  s3: TestServer;
  store: RunStore;
  ask(request: Partial<ApiRequest>): Promise<ApiAnswer & { json: Record<string, unknown> }>;
  close(): Promise<void>;
}

const waiting = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } } };

export async function startApi(): Promise<ApiUnderTest> {
  const s3 = await startTestServer();
  await s3.client.send(new CreateBucketCommand({ Bucket: bucket }));
  const service = serve(waiting);
  const states = createServer((request, response) => {
    void buffer(request)
      .then((body) => handleStepFunctionsRequest(service, String(request.headers['x-amz-target']), body))
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });
  states.listen(0, '127.0.0.1');
  await once(states, 'listening');
  const { port } = states.address() as AddressInfo;
  const sfn = new SFNClient({ endpoint: `http://127.0.0.1:${port}`, region, credentials, maxAttempts: 1 });
  const store = new RunStore(s3.client, bucket);
  const api: Api = {
    s3: s3.client,
    sfn,
    store,
    stateMachineArn: machineArn,
    allowedSources: JSON.stringify([{ bucket, prefix: 'sample_files/' }]),
    sample: { bucket, prefix: 'sample_files/' },
  };
  return {
    api,
    s3,
    store,
    ask: async (request) => {
      const answered = await answer(api, { ...emptyRequest, ...request });
      return { ...answered, json: jsonOf(answered) };
    },
    close: async () => {
      for (const { executionArn } of service.list(machineArn)) service.stop(executionArn);
      sfn.destroy();
      states.closeAllConnections();
      states.close();
      await s3.close();
    },
  };
}

const emptyRequest: ApiRequest = {
  method: 'GET',
  resource: '/runs',
  runId: null,
  query: {},
  headers: {},
  body: '',
  stagePath: '/v1',
};

function jsonOf({ headers, body }: ApiAnswer): Record<string, unknown> {
  return headers['content-type'] === 'application/json' ? (JSON.parse(body) as Record<string, unknown>) : {};
}
