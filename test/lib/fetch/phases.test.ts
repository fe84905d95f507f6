import dns from 'node:dns';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { Attempt, FetchRecord, PhaseName } from '../../../lib/fetch/record';
import { startDeadFrontEnd } from './direct/connection/dead-front-end';
import { selfSigned } from './direct/self-signed';
import { headOf, type Manner, objectReply } from './faulty-answers';
import { objectOf } from './fetch-from';
import { after } from './replies';
import { type ScriptedServer, startScriptedServer } from './scripted-server';
import { clientNames, clientTo, fetchWith } from './two-clients';

const body = Buffer.alloc(10_000, 'x');
const right = objectReply(body);
// Long enough that a busy machine's other phases stay below it; Node's timers may be a millisecond early.
const slowMs = 400;
let server: ScriptedServer;

// The SDK's first request takes the time in which it makes itself ready.
beforeAll(async () => {
  server = await startScriptedServer([right]);
  for (const name of clientNames) await fetchWith(clientTo(name, server.url), [objectOf(body)]);
  await server.close();
});

afterEach(() => jest.restoreAllMocks());

function expectPhase(attempt: Attempt, phase: PhaseName): void {
  const { [phase]: slow, ...others } = attempt.phasesMs;
  expect(slow).toBeGreaterThanOrEqual(slowMs - 2);
  for (const ms of Object.values(others)) expect(ms ?? 0).toBeLessThan(slow!);
}

/** What every attempt must hold to. */
function expectSums(records: readonly FetchRecord[]): void {
  for (const { attempts, durationMs } of records)
    for (const attempt of attempts) {
      const spent = Object.values(attempt.phasesMs).filter((ms) => ms !== null);
      expect(Math.min(...spent)).toBeGreaterThanOrEqual(0);
      const sum = spent.reduce((total, ms) => total + ms, 0);
      expect(Math.abs(sum - attempt.durationMs)).toBeLessThanOrEqual(Math.max(1, attempt.durationMs / 100));
      expect(attempt.offsetMs + attempt.durationMs).toBeLessThanOrEqual(durationMs + 1);
    }
}

/** A resolver that takes its time. Both clients ask Node's, as it is then. */
function resolveSlowly(): void {
  const lookup = (_: string, options: { all?: boolean }, done: (...answer: unknown[]) => void) => {
    const found = { address: '127.0.0.1', family: 4 };
    setTimeout(() => (options.all ? done(null, [found]) : done(null, found.address, 4)), slowMs);
  };
  jest.spyOn(dns, 'lookup').mockImplementation(lookup as never);
}

const slowBody: Manner = (socket, answer) => {
  socket.write(headOf(answer));
  socket.write(answer.bytes.subarray(0, 100));
  setTimeout(() => socket.write(answer.bytes.subarray(100)), slowMs);
};

/** TLS that is answered only after a while; it hands what it hears on to a plain server. */
async function startSlowTls(plainPort: number) {
  const { key, cert } = selfSigned();
  const inner = tls.createServer({ key, cert }, (socket) => {
    const plain = net.connect(plainPort, '127.0.0.1');
    socket
      .on('error', () => plain.destroy())
      .pipe(plain)
      .pipe(socket);
  });
  inner.on('tlsClientError', () => {});
  const outer = net.createServer((socket) => {
    socket.on('error', () => {});
    setTimeout(() => inner.emit('connection', socket), slowMs);
  });
  outer.listen(0, '127.0.0.1');
  await once(outer, 'listening');
  const { port } = outer.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}`, cert, close: () => new Promise((done) => outer.close(done)) };
}

describe.each(clientNames)('%s', (name) => {
  afterEach(async () => {
    await server.allClosed();
    await server.close();
  });

  test('queue: another request holds the only connection', async () => {
    let n = 0;
    server = await startScriptedServer(() => (n++ === 0 ? after(slowMs, right) : right));
    const client = clientTo(name, server.url, { maxSockets: 1 });
    const records = await fetchWith(client, [objectOf(body, 0), objectOf(body, 1)]);
    expect(records.map(({ outcome }) => outcome)).toEqual(['fetched', 'fetched']);
    expectPhase(records.find(({ index }) => index === 1)!.attempts[0]!, 'queue');
    expectPhase(records.find(({ index }) => index === 0)!.attempts[0]!, 'firstByte');
    expectSums(records);
  });

  test('dns: a slow resolver', async () => {
    server = await startScriptedServer([right]);
    resolveSlowly();
    const url = `http://s3.test:${server.port}`;
    const records = await fetchWith(clientTo(name, url), [objectOf(body)]);
    expect(records[0]).toMatchObject({ outcome: 'fetched' });
    expectPhase(records[0]!.attempts[0]!, 'dns');
    expectSums(records);
  });

  test('tcp: nobody answers the SYN', async () => {
    server = await startScriptedServer([right]);
    const address = name === 'direct' ? '127.0.0.81' : '127.0.0.82';
    const dead = await startDeadFrontEnd(address, server.port);
    const records = await fetchWith(clientTo(name, `http://${address}:${server.port}`), [objectOf(body)], {
      // The SDK's deadline begins with the request, not with the SYN.
      timeouts: { connectMs: slowMs + 200, firstByteMs: 4_000, stallMs: 4_000 },
      maxAttempts: 1,
    });
    expect(records[0]!.failure).toMatchObject({ code: 'ConnectTimeout', phase: 'tcp' });
    expectPhase(records[0]!.attempts[0]!, 'tcp');
    expectSums(records);
    await dead.close();
  });

  // The SDK's client takes no authority of one's own, and refuses the certificate at the end of the handshake.
  test('tls: a slow handshake', async () => {
    server = await startScriptedServer([right]);
    const slow = await startSlowTls(server.port);
    const records = await fetchWith(clientTo(name, slow.url, { ca: slow.cert }), [objectOf(body)]);
    expect(records[0]!.failure?.code).toBe(name === 'direct' ? undefined : 'TlsFailure');
    expect(records[0]!.attempts).toHaveLength(1);
    expectPhase(records[0]!.attempts[0]!, 'tls');
    expectSums(records);
    await slow.close();
  });

  test.each<[PhaseName, Parameters<typeof startScriptedServer>[0]]>([
    ['firstByte', [after(slowMs, right)]],
    ['body', [objectReply(body, slowBody)]],
  ])('%s: a slow server', async (phase, script) => {
    server = await startScriptedServer(script);
    const records = await fetchWith(clientTo(name, server.url), [objectOf(body)]);
    expect(records[0]).toMatchObject({ outcome: 'fetched' });
    expectPhase(records[0]!.attempts[0]!, phase);
    expectSums(records);
  });

  test('what lies between attempts is told', async () => {
    let n = 0;
    server = await startScriptedServer(() => (n++ === 0 ? (socket) => void socket.resetAndDestroy() : right));
    // Half of 50 ms: the first retry of a request that failed by chance.
    const records = await fetchWith(clientTo(name, server.url), [objectOf(body)], { random: () => 0.5 });
    const [first, second] = records[0]!.attempts;
    expect(second!.backoffMs).toBe(25);
    expect(second!.offsetMs - first!.offsetMs - first!.durationMs).toBeGreaterThanOrEqual(24);
    expectSums(records);
  });
});
