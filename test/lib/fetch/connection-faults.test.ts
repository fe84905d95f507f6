import dns from 'node:dns';
import net from 'node:net';
import { once } from 'node:events';
import tls from 'node:tls';
import { startDeadFrontEnd } from './direct/connection/dead-front-end';
import { selfSigned } from './direct/self-signed';
import { objectReply } from './faulty-answers';
import { objectOf } from './fetch-from';
import { startScriptedServer } from './scripted-server';
import { type ClientName, clientNames, clientTo, codesOf, fetchWith } from './two-clients';

const body = Buffer.alloc(1_000, 'x');
const right = objectReply(body);
const objects = Array.from({ length: 5 }, (_, index) => objectOf(body, index));

afterEach(() => jest.restoreAllMocks());

type Resolved = (error: Error | null, found?: unknown, family?: number) => void;

/** What the resolver says: both clients ask Node's, as it is then. */
function resolveTo(...addresses: string[]): { asked: number } {
  const seen = { asked: 0 };
  const found = addresses.map((address) => ({ address, family: 4 }));
  const lookup = (_: string, { all }: { all?: boolean }, done: Resolved) => {
    seen.asked++;
    setImmediate(() => {
      if (found.length === 0) done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
      else if (all) done(null, found);
      else done(null, found[0]!.address, 4);
    });
  };
  jest.spyOn(dns, 'lookup').mockImplementation(lookup as never);
  return seen;
}

test.each(clientNames)('%s: a name that is not known is asked for anew at each try', async (name) => {
  const seen = resolveTo();
  const [record] = await fetchWith(clientTo(name, 'http://s3.test:9'), [objectOf(body)]);
  expect(record!.failure).toMatchObject({ code: 'DnsFailure', phase: 'dns' });
  expect(codesOf(record!)).toEqual(['DnsFailure', 'DnsFailure', 'DnsFailure']);
  expect(seen.asked).toBe(3);
});

test.each(clientNames)('%s: a certificate that nobody vouches for is refused once', async (name) => {
  const server = tls.createServer(selfSigned()).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => {});
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const [record] = await fetchWith(clientTo(name, `https://127.0.0.1:${port}`), [objectOf(body)]);
  expect(record!.failure).toMatchObject({ code: 'TlsFailure', phase: 'tls' });
  expect(record!.attempts).toHaveLength(1);
  server.close();
});

test.each(clientNames)('%s: a connection that the server closed while idle costs no try', async (name) => {
  const server = await startScriptedServer([
    (socket, request) => {
      right(socket, request);
      socket.end();
    },
    right,
  ]);
  const client = clientTo(name, server.url);
  async function* slowly() {
    yield objects[0]!;
    await server.allClosed();
    yield objects[1]!;
  }
  const records = await fetchWith(client, slowly(), { concurrency: 1 });
  expect(records.map(codesOf)).toEqual([[null], [null]]);
  expect(records[1]!.attempts[0]!.reused).toBe(false);
  await server.close();
});

test.each(clientNames)('%s: a server that dies and comes back loses no object', async (name) => {
  const first = await startScriptedServer([(socket) => void socket.resetAndDestroy()]);
  const { port } = first;
  let again: net.Server | undefined;
  const seen = { retried: 0 };
  const records = await fetchWith(clientTo(name, first.url), objects, {
    maxAttempts: 10,
    concurrency: 1,
    // Asked before each retry; the server is back after the third.
    random: () => {
      if (++seen.retried === 1) void first.close();
      if (seen.retried === 3) again = revive(port);
      return 0.5;
    },
  });
  expect(records.map(({ outcome }) => outcome)).toEqual(objects.map(() => 'fetched'));
  const [record, ...others] = records;
  expect(codesOf(record!)[0]).toBe('ConnectionReset');
  expect(codesOf(record!)).toContain('ConnectionRefused');
  expect(codesOf(record!).at(-1)).toBeNull();
  expect(others.map(codesOf)).toEqual(others.map(() => [null]));
  await new Promise((done) => again!.close(done));
});

function revive(port: number): net.Server {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      const line = chunk.toString('latin1').split('\r\n')[0]!;
      right(socket, { line, headers: {}, connection: 0 });
    });
  });
  return server.listen(port, '127.0.0.1');
}

// Node's own list of addresses goes on by itself after 250 ms; the record of the SDK cannot tell of it.
test.each<[ClientName, boolean]>([
  ['direct', true],
  ['sdk', false],
])('%s: a dead first address of two costs one deadline', async (name, tells) => {
  const server = await startScriptedServer([right]);
  const address = name === 'direct' ? '127.0.0.84' : '127.0.0.85';
  const dead = await startDeadFrontEnd(address, server.port);
  resolveTo(address, '127.0.0.1');
  const client = clientTo(name, `http://s3.test:${server.port}`);
  const timeouts = { connectMs: 500, firstByteMs: 4_000, stallMs: 4_000 };
  const [record] = await fetchWith(client, [objectOf(body)], { timeouts });
  expect(record).toMatchObject({ outcome: 'fetched', attempts: [{ address: '127.0.0.1' }] });
  const [attempt] = record!.attempts;
  expect(attempt!.phasesMs.tcp).toBeGreaterThanOrEqual(tells ? 498 : 200);
  expect(attempt!.addresses?.map(({ outcome }) => outcome)).toEqual(
    tells ? ['ConnectTimeout', 'connected'] : undefined,
  );
  await dead.close();
  await server.close();
});
