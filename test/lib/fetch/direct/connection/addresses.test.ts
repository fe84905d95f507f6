import net, { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Lookup } from '../../../../../lib/fetch/direct/connection/look-up';
import { reset, whole } from '../../replies';
import { type ScriptedServer, startScriptedServer } from '../../scripted-server';
import { directTo, requestOf, sumOfPhases } from '../direct-to';
import { type DeadFrontEnd, startDeadFrontEnd } from './dead-front-end';

const lookupOf =
  (...addresses: string[]): Lookup =>
  (_, __, callback) =>
    void setImmediate(() =>
      callback(
        null,
        addresses.map((address) => ({ address })),
      ),
    );

let server: ScriptedServer;
let dead: DeadFrontEnd;
let url: string;

beforeAll(async () => {
  server = await startScriptedServer([whole(Buffer.from('hello'))]);
  dead = await startDeadFrontEnd('127.0.0.66', server.port);
  url = `http://s3.test:${server.port}`;
});

afterAll(async () => {
  await dead.close();
  await server.close();
});

test('a dead first address costs one connect deadline, and is tried last from then on', async () => {
  const client = directTo(url, { lookup: lookupOf(dead.address, '127.0.0.1') });
  const first = await client.get(requestOf());
  expect(first).toMatchObject({
    failure: null,
    address: '127.0.0.1',
    addresses: [
      { address: dead.address, outcome: 'ConnectTimeout' },
      { address: '127.0.0.1', outcome: 'connected' },
    ],
  });
  expect(first.addresses![0]!.ms).toBeGreaterThanOrEqual(299);
  expect(first.phasesMs.tcp).toBeGreaterThanOrEqual(299);
  expect(sumOfPhases(first)).toBeCloseTo(first.durationMs, 6);
  const second = await client.get(requestOf({ fresh: true }));
  expect(second.addresses).toMatchObject([{ address: '127.0.0.1', outcome: 'connected' }]);
  client.closeConnections();
});

test('after all connections were closed, nothing is remembered of the addresses', async () => {
  const client = directTo(url, { lookup: lookupOf(dead.address, '127.0.0.1') });
  await client.get(requestOf());
  client.closeConnections();
  expect((await client.get(requestOf())).addresses).toMatchObject([{ address: dead.address }, {}]);
  client.closeConnections();
});

test('an address that is named twice is tried once', async () => {
  const client = directTo(url, { lookup: lookupOf(dead.address, dead.address) });
  const timeouts = { connectMs: 50, firstByteMs: 200, stallMs: 200 };
  const outcome = await client.get(requestOf({ timeouts }));
  expect(outcome.failure).toMatchObject({ code: 'ConnectTimeout', phase: 'tcp', retry: 'transient' });
  expect(outcome.addresses).toHaveLength(1);
  expect(outcome.address).toBeNull();
});

test('three addresses are tried, and others the next time', async () => {
  const client = directTo(url, {
    lookup: lookupOf('127.0.0.71', '127.0.0.72', '127.0.0.73', '127.0.0.74', '127.0.0.1'),
  });
  const first = await client.get(requestOf());
  expect(first.failure).toMatchObject({ code: 'ConnectionRefused', phase: 'tcp', retry: 'transient' });
  expect(first.addresses!.map(({ address }) => address)).toEqual(['127.0.0.71', '127.0.0.72', '127.0.0.73']);
  const second = await client.get(requestOf({ fresh: true }));
  expect(second.addresses!.map(({ address }) => address)).toEqual(['127.0.0.74', '127.0.0.1']);
  client.closeConnections();
});

test('a refused address costs nothing and the next one is tried', async () => {
  // Whatever listens there was closed again: nobody does.
  const closed = net.createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => void closed.close(resolve));
  const alone = await directTo(`http://127.0.0.1:${port}`).get(requestOf());
  expect(alone.failure).toMatchObject({ code: 'ConnectionRefused', phase: 'tcp', retry: 'transient' });
  const client = directTo(url, { lookup: lookupOf('127.0.0.67', '127.0.0.1') });
  const outcome = await client.get(requestOf());
  expect(outcome.addresses).toMatchObject([{ outcome: 'ConnectionRefused' }, { outcome: 'connected' }]);
  client.closeConnections();
});

test('each new connection is looked up anew', async () => {
  let asked = 0;
  const lookup: Lookup = (_, __, callback) => {
    asked++;
    callback(null, [{ address: '127.0.0.1' }]);
  };
  const client = directTo(url, { lookup });
  await client.get(requestOf());
  await client.get(requestOf());
  expect(asked).toBe(1);
  await client.get(requestOf({ fresh: true }));
  expect(asked).toBe(2);
  client.closeConnections();
});

test.each<[string, Lookup, string]>([
  [
    'a name without an address',
    (_, __, callback) => callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []),
    'DnsFailure',
  ],
  ['an empty answer', (_, __, callback) => callback(null, []), 'DnsFailure'],
  ['a resolver that does not answer', () => {}, 'ConnectTimeout'],
])('%s fails in its phase', async (_, lookup, code) => {
  const outcome = await directTo(url, { lookup }).get(requestOf());
  expect(outcome.failure).toMatchObject({ code, phase: 'dns', retry: 'transient' });
  expect(outcome.phasesMs.tcp).toBeNull();
});

test('a slow resolver shows in dns, and an address needs none', async () => {
  const lookup: Lookup = (_, __, callback) =>
    void setTimeout(() => callback(null, [{ address: '127.0.0.1' }]), 50);
  const client = directTo(url, { lookup });
  const { phasesMs } = await client.get(requestOf());
  expect(phasesMs.dns).toBeGreaterThanOrEqual(48);
  client.closeConnections();
  const plain = directTo(server.url);
  expect((await plain.get(requestOf())).phasesMs.dns).toBeNull();
  plain.closeConnections();
});

test('an address that answers but resets is not held against it', async () => {
  const resetting = await startScriptedServer([reset, whole(Buffer.from('hello'))]);
  const client = directTo(`http://s3.test:${resetting.port}`, { lookup: lookupOf('127.0.0.1') });
  expect((await client.get(requestOf())).failure?.code).toBe('ConnectionReset');
  expect(await client.get(requestOf({ fresh: true }))).toMatchObject({ failure: null, reused: false });
  client.closeConnections();
  await resetting.close();
});
