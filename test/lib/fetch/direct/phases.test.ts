import type { Lookup } from '../../../../lib/fetch/direct/connection/look-up';
import type { PhaseName } from '../../../../lib/fetch/record';
import { after, head, whole } from '../replies';
import { type Reply, startScriptedServer } from '../scripted-server';
import { directTo, requestOf, sumOfPhases } from './direct-to';

// How slow the server or the resolver is; Node's timers may be a millisecond early.
const slowMs = 60;
const seenMs = slowMs - 2;
const body = Buffer.from('hello');

const slowBody: Reply = (socket) => {
  socket.write(`${head(200, 5)}he`);
  setTimeout(() => socket.write('llo'), slowMs);
};

const slowLookup: Lookup = (_, __, callback) =>
  void setTimeout(() => callback(null, [{ address: '127.0.0.1' }]), slowMs);

test.each<[PhaseName, Reply, Lookup | undefined]>([
  ['dns', whole(body), slowLookup],
  ['firstByte', after(slowMs, whole(body)), undefined],
  ['body', slowBody, undefined],
])('what is slow in %s stands there and nowhere else', async (phase, reply, lookup) => {
  const server = await startScriptedServer([reply]);
  const url = lookup ? `http://s3.test:${server.port}` : server.url;
  const client = directTo(url, lookup && { lookup });
  const outcome = await client.get(requestOf());
  const { [phase]: slow, ...others } = outcome.phasesMs;
  expect(slow).toBeGreaterThanOrEqual(seenMs);
  for (const ms of Object.values(others)) expect(ms ?? 0).toBeLessThan(slow!);
  expect(sumOfPhases(outcome)).toBeCloseTo(outcome.durationMs, 6);
  client.closeConnections();
  await server.close();
});

test('a new connection has its phases, a used one has none of them', async () => {
  const server = await startScriptedServer([whole(body)]);
  const client = directTo(server.url);
  const happened = async () => {
    const { phasesMs } = await client.get(requestOf());
    return Object.entries(phasesMs).flatMap(([name, ms]) => (ms === null ? [] : [name]));
  };
  expect(await happened()).toEqual(['queue', 'tcp', 'send', 'firstByte', 'body']);
  expect(await happened()).toEqual(['queue', 'send', 'firstByte', 'body']);
  client.closeConnections();
  await server.close();
});

test('an attempt that ends early has only the phases that it reached', async () => {
  const client = directTo('http://127.0.0.1:1');
  const outcome = await client.get(requestOf());
  expect(outcome.phasesMs).toMatchObject({ send: null, firstByte: null, body: null });
  expect(sumOfPhases(outcome)).toBeCloseTo(outcome.durationMs, 6);
});
