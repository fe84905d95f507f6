import { getActiveResourcesInfo } from 'node:process';
import { type Reply, startScriptedServer } from '../scripted-server';
import { cutAfter, reset, s3Error, silence, stallAfter, whole } from '../replies';
import { directTo, requestOf } from './direct-to';

const body = Buffer.alloc(50_000, 'x');
const replies: Reply[] = [
  whole(body),
  s3Error(404, 'NoSuchKey'),
  reset,
  silence,
  cutAfter(body, 10_000),
  stallAfter(body, 10_000),
];

test('after success, failure, timeout and abort no socket, no timer and no waiting request is left', async () => {
  const server = await startScriptedServer(
    ({ line }) => replies[Number(/\d+/.exec(line)![0]) % replies.length]!,
  );
  const before = countResources();
  const client = directTo(server.url, { maxSockets: 8 });
  const controller = new AbortController();
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      client.get(
        requestOf({
          key: `${n}`,
          signal: n % 4 === 3 ? controller.signal : undefined,
          onBody: n === 42 ? () => controller.abort() : undefined,
        }),
      ),
    ),
  );
  expect(new Set(outcomes.map(({ failure }) => failure?.code))).toEqual(
    new Set([
      undefined,
      'NoSuchKey',
      'ConnectionReset',
      'FirstByteTimeout',
      'ShortBody',
      'BodyStall',
      'Aborted',
    ]),
  );
  client.closeConnections();
  await server.allClosed();
  while (countResources() > before) await new Promise(setImmediate);
  expect(countResources()).toBeLessThanOrEqual(before);
  await server.close();
});

const countResources = () =>
  getActiveResourcesInfo().filter((name) => /Timeout|TCP|GetAddrInfo/.test(name)).length;
