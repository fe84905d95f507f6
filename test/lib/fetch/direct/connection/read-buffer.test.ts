import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';
import { crc32 } from 'node:zlib';
import { directTo, requestOf } from '../direct-to';
import { selfSigned } from '../self-signed';

const { key, cert } = selfSigned();
const bodies = Array.from({ length: 24 }, (_, n) => randomBytes(300_000 + n * 1_000));

/** Answers `…/N` with body N and its CRC, in pieces, so that all of them are on their way at once. */
function answerInPieces(socket: Socket): void {
  socket.on('error', () => {});
  socket.on('data', (request: Buffer) => {
    const body = bodies[Number(/\/(\d+) HTTP/.exec(request.toString())![1])]!;
    const crc = Buffer.from(crc32(body).toString(16).padStart(8, '0'), 'hex').toString('base64');
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nx-amz-checksum-crc32: ${crc}\r\n\r\n`);
    const send = (at: number) => {
      socket.write(body.subarray(at, at + 20_011));
      if (at + 20_011 < body.length) setImmediate(send, at + 20_011);
    };
    send(0);
  });
}

test.each<[string, () => net.Server]>([
  ['http', () => net.createServer(answerInPieces)],
  ['https', () => tls.createServer({ key, cert }, answerInPieces)],
])(
  'bodies that arrive at the same time over %s do not mix in the buffer that they share',
  async (scheme, make) => {
    const server = make().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = directTo(`${scheme}://127.0.0.1:${port}`, { ca: cert, maxSockets: bodies.length });
    const timeouts = { connectMs: 5_000, firstByteMs: 5_000, stallMs: 5_000 };
    for (let round = 0; round < 2; round++) {
      const outcomes = await Promise.all(
        bodies.map((_, n) => client.get(requestOf({ key: `${n}`, timeouts }))),
      );
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({ failure: null, checksumVerified: true });
    }
    client.closeConnections();
    server.close();
  },
);
