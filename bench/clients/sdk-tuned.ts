import http from 'node:http';
import https from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { runClient } from './run-client';
import { sdkReader } from './sdk-reader';

/**
 * The SDK at its best without another HTTP library: middleware stack kept between requests, no checksums, a
 * socket for each request in flight, the one that was used last taken first, one attempt.
 */
void runClient((task) => {
  const agent = { keepAlive: true, maxSockets: task.concurrency, scheduling: 'lifo' as const };
  return sdkReader(task, {
    cacheMiddleware: true,
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      httpAgent: new http.Agent(agent),
      httpsAgent: new https.Agent(agent),
    }),
  });
});
