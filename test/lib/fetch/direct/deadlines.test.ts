import { getEventListeners } from 'node:events';
import { head, silence, stallAfter, trickle, whole } from '../replies';
import { type Reply, startScriptedServer } from '../scripted-server';
import { directTo, requestOf, sumOfPhases } from './direct-to';

const trickledHead: Reply = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\nx-a: ');
  const timer = setInterval(() => socket.write('x'), 10);
  socket.once('close', () => clearInterval(timer));
};

const endlessContinue: Reply = (socket) => {
  const timer = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 5);
  socket.once('close', () => clearInterval(timer));
};

const trickledChunks: Reply = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
  const timer = setInterval(() => socket.write('1\r\nx\r\n'), 10);
  socket.once('close', () => clearInterval(timer));
};

test.each<[string, Reply, string, string]>([
  ['silence', silence, 'FirstByteTimeout', 'firstByte'],
  ['a head that trickles', trickledHead, 'FirstByteTimeout', 'firstByte'],
  ['interim answers without end', endlessContinue, 'FirstByteTimeout', 'firstByte'],
  ['a body that stops', stallAfter(Buffer.alloc(100_000), 70_000), 'BodyStall', 'body'],
  ['a body that never starts', stallAfter(Buffer.alloc(100_000), 0), 'BodyStall', 'body'],
  ['a body that trickles', trickle(100_000), 'BodyStall', 'body'],
  ['chunks that trickle', trickledChunks, 'BodyStall', 'body'],
  ['an error that stops', (socket) => void socket.write(head(503, 100)), 'SlowDown', 'firstByte'],
])('%s ends at its deadline, and its connection with it', async (_, reply, code, phase) => {
  const server = await startScriptedServer([reply]);
  const outcome = await directTo(server.url).get(requestOf());
  expect(outcome.failure).toMatchObject({ code, phase });
  expect(sumOfPhases(outcome)).toBeCloseTo(outcome.durationMs, 6);
  await server.allClosed();
  await server.close();
});

test('a body that keeps its rate may take longer than the stall deadline', async () => {
  const piece = Buffer.alloc(65_536);
  const steady: Reply = (socket) => {
    socket.write(head(200, piece.length * 8));
    let left = 8;
    const timer = setInterval(() => {
      socket.write(piece);
      if (--left === 0) clearInterval(timer);
    }, 40);
  };
  const server = await startScriptedServer([steady]);
  const client = directTo(server.url);
  const outcome = await client.get(requestOf());
  expect(outcome).toMatchObject({ failure: null, bytes: piece.length * 8 });
  expect(outcome.phasesMs.body).toBeGreaterThan(150);
  client.closeConnections();
  await server.close();
});

test('what had come in while this process was busy counts, however late it is looked at', async () => {
  const server = await startScriptedServer([
    (socket, request) => {
      whole(Buffer.from('hello'))(socket, request);
      // The answer is on its way; now nobody looks for longer than every deadline.
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400));
    },
  ]);
  const client = directTo(server.url);
  expect((await client.get(requestOf())).failure).toBeNull();
  client.closeConnections();
  await server.close();
});

test.each<[string, Reply]>([
  ['before the first byte', silence],
  ['in the body', stallAfter(Buffer.alloc(1000), 10)],
])('an abort %s frees the socket at once', async (_, reply) => {
  const server = await startScriptedServer([reply]);
  const timeouts = { connectMs: 60_000, firstByteMs: 60_000, stallMs: 60_000 };
  const controller = new AbortController();
  const onBody = () => controller.abort();
  const pending = directTo(server.url).get(requestOf({ signal: controller.signal, timeouts, onBody }));
  while (server.seen.length === 0) await new Promise(setImmediate);
  if (reply === silence) controller.abort();
  expect((await pending).failure).toMatchObject({ code: 'Aborted', retry: 'no' });
  await server.allClosed();
  await server.close();
});

test('an abort while waiting for a connection, a name or credentials', async () => {
  const server = await startScriptedServer([silence]);
  const controller = new AbortController();
  const request = requestOf({ signal: controller.signal });
  const busy = directTo(server.url, { maxSockets: 1 });
  const pending = [
    busy.get(request),
    busy.get(request),
    directTo('http://s3.test', { lookup: () => {} }).get(request),
    directTo(server.url, { credentials: () => new Promise(() => {}) }).get(request),
  ];
  while (server.seen.length === 0) await new Promise(setImmediate);
  controller.abort();
  const outcomes = await Promise.all(pending);
  expect(outcomes.map(({ failure }) => `${failure?.code} ${failure?.phase}`)).toEqual([
    'Aborted firstByte',
    'Aborted queue',
    'Aborted dns',
    'Aborted queue',
  ]);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  await server.allClosed();
  await server.close();
});

test('with a signal that is aborted already nothing is sent', async () => {
  const server = await startScriptedServer([whole(Buffer.from('hello'))]);
  const outcome = await directTo(server.url).get(requestOf({ signal: AbortSignal.abort() }));
  expect(outcome.failure).toMatchObject({ code: 'Aborted', retry: 'no' });
  expect(server.seen).toEqual([]);
  await server.close();
});

test('a signal is let go of when its requests have ended', async () => {
  const server = await startScriptedServer([whole(Buffer.from('hello'))]);
  const { signal } = new AbortController();
  const client = directTo(server.url);
  await Promise.all(Array.from({ length: 20 }, () => client.get(requestOf({ signal }))));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  client.closeConnections();
  await server.close();
});
