import { once } from 'node:events';
import type { Socket } from 'node:net';
import { after, head, silence, whole } from '../../replies';
import { type Reply, startScriptedServer } from '../../scripted-server';
import { directTo, requestOf } from '../direct-to';

const body = Buffer.from('hello');

test('the connection used last is used again, and a fresh one only where it is asked for', async () => {
  const server = await startScriptedServer([whole(body)]);
  const client = directTo(server.url);
  const both = await Promise.all([client.get(requestOf()), client.get(requestOf())]);
  expect(both.map(({ reused }) => reused)).toEqual([false, false]);
  expect(await client.get(requestOf())).toMatchObject({ reused: true });
  expect(await client.get(requestOf())).toMatchObject({ reused: true });
  expect(server.seen[2]!.connection).toBe(server.seen[3]!.connection);
  expect(await client.get(requestOf({ fresh: true }))).toMatchObject({ reused: false });
  expect(server.seen[4]!.connection).toBe(3);
  client.closeConnections();
  await server.allClosed();
  await server.close();
});

test('no more connections than allowed: the rest wait, which their queue phase shows', async () => {
  let most = 0;
  const server = await startScriptedServer(() => (socket, request) => {
    most = Math.max(most, server.openConnections());
    after(30, whole(body))(socket, request);
  });
  const client = directTo(server.url, { maxSockets: 2 });
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => client.get(requestOf())));
  expect(outcomes.every(({ failure }) => failure === null)).toBe(true);
  expect(most).toBe(2);
  expect(outcomes.filter(({ reused }) => reused)).toHaveLength(4);
  expect(outcomes.at(-1)!.phasesMs.queue).toBeGreaterThanOrEqual(58);
  client.closeConnections();
  await server.close();
});

test('a fresh connection is made although all slots are taken by idle ones, and one waits its turn', async () => {
  const server = await startScriptedServer([whole(body)]);
  const client = directTo(server.url, { maxSockets: 1 });
  await client.get(requestOf());
  const [first, second] = await Promise.all([
    client.get(requestOf({ fresh: true })),
    client.get(requestOf({ fresh: true })),
  ]);
  expect([first.reused, second.reused]).toEqual([false, false]);
  expect(server.seen.map(({ connection }) => connection)).toEqual([1, 2, 3]);
  client.closeConnections();
  await server.close();
});

test.each<[string, Reply]>([
  ['says Connection: close', (socket) => void socket.write(head(200, 5, { connection: 'close' }) + 'hello')],
  ['speaks HTTP/1.0', (socket) => void socket.write('HTTP/1.0 200 OK\r\ncontent-length: 5\r\n\r\nhello')],
])('a peer that %s gets a new connection for the next request', async (_, reply) => {
  const server = await startScriptedServer([reply, whole(body)]);
  const client = directTo(server.url);
  expect((await client.get(requestOf())).failure).toBeNull();
  expect(await client.get(requestOf())).toMatchObject({ failure: null, reused: false });
  client.closeConnections();
  await server.close();
});

test.each<[string, (socket: Socket) => void]>([
  ['closed', (socket) => void socket.end()],
  ['reset', (socket) => void socket.resetAndDestroy()],
  ['written to', (socket) => void socket.write('HTTP/1.1 408 Request Timeout\r\n\r\n')],
])('an idle connection that the peer has %s is not used', async (_, spoil) => {
  let spoiled: Promise<unknown> = Promise.resolve();
  const replies: Reply[] = [
    (socket, request) => {
      whole(body)(socket, request);
      setTimeout(() => spoil(socket), 10);
      spoiled = once(socket, 'close');
    },
    whole(body),
  ];
  const server = await startScriptedServer(replies);
  const client = directTo(server.url);
  await client.get(requestOf());
  await spoiled;
  expect(await client.get(requestOf())).toMatchObject({ failure: null, reused: false });
  client.closeConnections();
  await server.close();
});

test('a reset of a connection that was used before says so', async () => {
  const server = await startScriptedServer([whole(body), (socket) => void socket.resetAndDestroy()]);
  const client = directTo(server.url);
  await client.get(requestOf());
  expect(await client.get(requestOf())).toMatchObject({
    reused: true,
    bytes: 0,
    status: null,
    failure: { code: 'ConnectionReset', phase: 'firstByte', retry: 'transient' },
  });
  await server.close();
});

test('an idle connection is closed before the peer would', async () => {
  const server = await startScriptedServer([whole(body)]);
  const client = directTo(server.url, { idleMs: 20 });
  await client.get(requestOf());
  await server.allClosed();
  expect(await client.get(requestOf())).toMatchObject({ failure: null, reused: false });
  client.closeConnections();
  await server.close();
});

test('closing all connections ends the requests on them, and the next one makes a new one', async () => {
  const server = await startScriptedServer([silence, whole(body)]);
  const client = directTo(server.url);
  const pending = client.get(requestOf());
  while (server.seen.length === 0) await new Promise(setImmediate);
  client.closeConnections();
  expect((await pending).failure).toMatchObject({ code: 'ConnectionReset', phase: 'firstByte' });
  expect(await client.get(requestOf())).toMatchObject({ failure: null, reused: false });
  client.closeConnections();
  await server.close();
});
