import { once } from 'node:events';
import net, { type AddressInfo, type Server } from 'node:net';
import tls from 'node:tls';
import type { Lookup } from '../../../../../lib/fetch/direct/connection/look-up';
import { head } from '../../replies';
import { directTo, requestOf, sumOfPhases } from '../direct-to';
import { selfSigned } from '../self-signed';

const { key, cert } = selfSigned();
const body = Buffer.alloc(300_000, 'x');
const local: Lookup = (_, __, callback) => callback(null, [{ address: '127.0.0.1' }]);

interface Handshake {
  servername: string | false | null;
  protocol: string | false | null;
  resumed: boolean;
}

let server: tls.Server;
let port: number;
let handshakes: Handshake[];

beforeEach(async () => {
  handshakes = [];
  server = tls.createServer({ key, cert, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    const { servername, alpnProtocol } = socket as tls.TLSSocket & { servername: string | false };
    handshakes.push({ servername, protocol: alpnProtocol, resumed: socket.isSessionReused() });
    socket.on('error', () => {});
    socket.on('data', () => socket.write(Buffer.concat([Buffer.from(head(200, body.length)), body])));
  });
  port = await listen(server);
});

afterEach(() => void server.close());

async function listen(listening: Server): Promise<number> {
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return (listening.address() as AddressInfo).port;
}

test('a body over TLS, with the handshake counted as such and resumed the next time', async () => {
  const client = directTo(`https://localhost:${port}`, { ca: cert, lookup: local });
  let received = 0;
  const first = await client.get(requestOf({ onBody: (chunk) => (received += chunk.length) }));
  expect(first).toMatchObject({ failure: null, bytes: body.length, reused: false });
  expect(received).toBe(body.length);
  expect(first.phasesMs.tls).toBeGreaterThan(0);
  expect(sumOfPhases(first)).toBeCloseTo(first.durationMs, 6);
  expect(await client.get(requestOf())).toMatchObject({ failure: null, reused: true });
  expect(await client.get(requestOf({ fresh: true }))).toMatchObject({ failure: null, reused: false });
  expect(handshakes).toEqual([
    { servername: 'localhost', protocol: 'http/1.1', resumed: false },
    { servername: 'localhost', protocol: 'http/1.1', resumed: true },
  ]);
  client.closeConnections();
});

test('an address in place of a name is compared with the certificate and sends no name', async () => {
  const client = directTo(`https://127.0.0.1:${port}`, { ca: cert });
  expect((await client.get(requestOf())).failure).toBeNull();
  expect(handshakes[0]!.servername).toBe(false);
  client.closeConnections();
});

test.each<[string, () => { endpoint: string; ca?: string }]>([
  ['from an unknown authority', () => ({ endpoint: `https://localhost:${port}` })],
  ['for another name', () => ({ endpoint: `https://s3.test:${port}`, ca: cert })],
])('a certificate %s is refused, once and for all', async (_, settings) => {
  const { endpoint, ca } = settings();
  const client = directTo(endpoint, { lookup: local, ...(ca !== undefined && { ca }) });
  const outcome = await client.get(requestOf());
  expect(outcome).toMatchObject({
    status: null,
    addresses: [{ outcome: 'TlsFailure' }],
    failure: { code: 'TlsFailure', phase: 'tls', retry: 'no' },
  });
});

test.each<[string, (socket: net.Socket) => void, string]>([
  ['says nothing', () => {}, 'ConnectTimeout'],
  ['closes', (socket) => void socket.end(), 'ConnectionReset'],
  ['resets', (socket) => void socket.once('data', () => socket.resetAndDestroy()), 'ConnectionReset'],
  ['does not speak TLS', (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'TlsFailure'],
])('a peer that %s during the handshake', async (_, behave, code) => {
  const sockets: net.Socket[] = [];
  const broken = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    behave(socket);
  });
  const client = directTo(`https://127.0.0.1:${await listen(broken)}`, { ca: cert });
  const outcome = await client.get(requestOf());
  expect(outcome.failure).toMatchObject({ code, phase: 'tls' });
  expect(sumOfPhases(outcome)).toBeCloseTo(outcome.durationMs, 6);
  if (code === 'ConnectTimeout') expect(outcome.phasesMs.tls).toBeGreaterThanOrEqual(250);
  for (const socket of sockets) socket.destroy();
  broken.close();
});
