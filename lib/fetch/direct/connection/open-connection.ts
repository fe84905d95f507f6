import net, { type OnReadOpts, type Socket } from 'node:net';
import tls from 'node:tls';
import type { Attempt } from '../attempt';
import { AttemptError, systemError } from '../attempt-error';
import type { Origin } from '../signing/bucket-endpoint';
import { Connection } from './connection';

/** What TLS needs to know. Certificates are always verified. */
export interface TlsSettings {
  /** The last session of each host, with which the next handshake is short. */
  sessions: Map<string, Buffer>;
  /** Trusted instead of Node's own authorities (which include NODE_EXTRA_CA_CERTS). */
  ca: string | Buffer | undefined;
}

/** TCP and TLS to one address, both within `connectMs`. */
export function openConnection(
  origin: Origin,
  address: string,
  attempt: Attempt,
  connectMs: number,
  settings: TlsSettings,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const connection = new Connection(origin, address, (onread) =>
      origin.secure
        ? connectTls(origin, address, onread, settings)
        : net.connect({ host: address, port: origin.port, onread, noDelay: true }),
    );
    const { socket } = connection;
    connection.onLost = (error) => {
      const { phase } = attempt.clock;
      if (phase === 'tls') settings.sessions.delete(origin.id);
      reject(error ? systemError(error, phase) : closed(phase === 'tls' ? 'tls' : 'tcp'));
    };
    socket.once('connect', () => {
      if (origin.secure) attempt.clock.enter('tls');
      else resolve(connection);
    });
    socket.once('secureConnect', () => resolve(connection));
    attempt.enter('tcp', {
      limitMs: connectMs,
      lateCode: 'ConnectTimeout',
      giveUp: (error) => {
        connection.destroy();
        reject(error);
      },
    });
  });
}

function connectTls(origin: Origin, address: string, onread: OnReadOpts, settings: TlsSettings): Socket {
  const { sessions, ca } = settings;
  // Node's documentation of tls.connect takes net's options in; its types forget `onread`.
  const options: tls.ConnectionOptions & { onread: OnReadOpts } = {
    host: address,
    port: origin.port,
    // An address has no name to send; the certificate is then compared with the address.
    servername: net.isIP(origin.hostname) ? '' : origin.hostname,
    ALPNProtocols: ['http/1.1'],
    onread,
    session: sessions.get(origin.id),
    ca,
  };
  const socket = tls.connect(options);
  socket.setNoDelay(true);
  socket.on('session', (fresh: Buffer) => sessions.set(origin.id, fresh));
  return socket;
}

const closed = (phase: 'tcp' | 'tls') =>
  new AttemptError(
    'ConnectionReset',
    phase,
    'the connection was closed while it was being made',
    'transient',
  );
