import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SigV4Verdict } from '../../../local/sigv4/sigv4-verdict';
import { verifySigV4 } from '../../../local/sigv4/verify';
import { sha256 } from './sign';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
const verdicts: SigV4Verdict[] = [];
let service = '';

const server = createServer((request, response) => {
  void read(request).then((body) => {
    const { method, url, headers } = request;
    const lookupSecret = (id: string) => (id === 'local' ? 'local-secret' : undefined);
    const options = {
      service,
      region: 'us-east-1',
      nowMs: Date.now(),
      lookupSecret,
      payloadHash: sha256(body),
    };
    verdicts.push(verifySigV4({ method: method!, url: url!, headers }, options));
    response.end('{}');
  });
});

async function read(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const clientConfig = () => ({
  endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
});

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
beforeEach(() => void verdicts.splice(0));
afterAll(() => void server.close());

test('verifies what the Step Functions client signs', async () => {
  service = 'states';
  const client = new SFNClient(clientConfig());
  await client.send(new StartExecutionCommand({ stateMachineArn: 'arn:aws:states:x', input: '{"é":1}' }));
  expect(verdicts).toMatchObject([{ ok: true }]);
  client.destroy();
});

test('verifies a Lambda ARN in the path, which is encoded twice in what is signed', async () => {
  service = 'lambda';
  const client = new LambdaClient(clientConfig());
  const FunctionName = 'arn:aws:lambda:us-east-1:000000000000:function:fetch-1769';
  await client.send(new InvokeCommand({ FunctionName, Payload: '{}' })).catch(() => {});
  expect(verdicts).toMatchObject([{ ok: true }]);
  client.destroy();
});
