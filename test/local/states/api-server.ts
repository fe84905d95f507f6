import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleStepFunctionsRequest } from '../../../local/states/json-protocol';
import type { StepFunctions } from '../../../local/states/step-functions';

/** Puts a service on a loopback socket. */
export async function listen(
  service: StepFunctions,
): Promise<{ endpoint: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const target = String(request.headers['x-amz-target']);
      void handleStepFunctionsRequest(service, target, Buffer.concat(chunks)).then((answer) => {
        response.writeHead(answer.status, answer.headers);
        response.end(answer.body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    await service.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { endpoint: `http://127.0.0.1:${port}`, close };
}
