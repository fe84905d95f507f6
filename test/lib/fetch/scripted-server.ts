import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface SeenRequest {
  /** `GET /bucket/key HTTP/1.1` */
  line: string;
  headers: Record<string, string>;
  /** 1 for the first connection, 2 for the second, … */
  connection: number;
}

export type Reply = (socket: Socket, request: SeenRequest) => void;

/** HTTP by hand on a raw socket: it says what it is told, right or wrong, and keeps what it was asked. */
export interface ScriptedServer {
  url: string;
  port: number;
  seen: SeenRequest[];
  openConnections(): number;
  /** Resolves when the other side has left no connection open. */
  allClosed(): Promise<void>;
  close(): Promise<void>;
}

/** The n-th request gets the n-th reply, the last reply serves the rest; or a function chooses. */
export async function startScriptedServer(
  script: readonly Reply[] | ((request: SeenRequest) => Reply),
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let onClose = () => {};
  const answer = (request: SeenRequest, socket: Socket) => {
    seen.push(request);
    const reply =
      typeof script === 'function' ? script(request) : script[Math.min(seen.length, script.length) - 1]!;
    reply(socket, request);
  };
  // A head and a body are two writes: Nagle would keep the second for 40 ms.
  const server = createServer({ noDelay: true }, (socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      onClose();
    });
    readRequests(socket, (line, headers) => answer({ line, headers, connection }, socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    openConnections: () => sockets.size,
    allClosed: () =>
      new Promise((resolve) => {
        onClose = () => sockets.size === 0 && resolve();
        onClose();
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function readRequests(
  socket: Socket,
  onRequest: (line: string, headers: Record<string, string>) => void,
): void {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const [line, ...headers] = text.slice(0, end).split('\r\n');
      text = text.slice(end + 4);
      onRequest(line!, Object.fromEntries(headers.map(nameAndValue)));
    }
  });
}

function nameAndValue(header: string): [string, string] {
  const colon = header.indexOf(':');
  return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()];
}
