import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { handleS3Request, type HandlerContext, type Intercept } from './s3-handler';
import { ObjectStore } from './store/object-store';

export interface S3ServerOptions {
  dataDir: string;
  /** @default 127.0.0.1 */
  host?: string;
  /** @default 0, any free port */
  port?: number;
  credentials: { accessKeyId: string; secretAccessKey: string };
  region: string;
  /** How long an idle connection is kept; S3 itself closes after about this long. @default 5000 */
  keepAliveTimeoutMs?: number;
  /** @default 20000, as S3 */
  uploadIdleTimeoutMs?: number;
  /** For faults: stands between the signature check and the operation. */
  intercept?: Intercept;
  /** @default a line of JSON on stderr */
  onInternalError?: (error: unknown, requestId: string) => void;
}

export interface S3Server {
  url: string;
  port: number;
  store: ObjectStore;
  close(): Promise<void>;
}

/** S3 on one machine: the real protocol, with the objects in a folder. */
export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const { dataDir, credentials, region, host = '127.0.0.1' } = options;
  const store = new ObjectStore(dataDir);
  const context: HandlerContext = {
    store,
    settings: {
      region,
      lookupSecret: (id) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
      uploadIdleTimeoutMs: options.uploadIdleTimeoutMs ?? 20_000,
    },
    intercept: options.intercept,
    onInternalError: options.onInternalError ?? reportOnStderr,
  };
  const underWay = new Set<Promise<void>>();
  const server = createHttpServer(context, underWay, options.keepAliveTimeoutMs ?? 5_000);
  try {
    await listen(server, host, options.port ?? 0);
  } catch (error) {
    store.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await Promise.all(underWay);
    store.close();
  };
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port, store, close };
}

const lastResponse = Symbol('lastResponse');

/** A property, because a WeakMap entry a request is dear in garbage collection. */
interface AnsweringSocket extends Duplex {
  [lastResponse]?: ServerResponse;
}

function createHttpServer(
  context: HandlerContext,
  underWay: Set<Promise<void>>,
  keepAliveTimeout: number,
): Server {
  const server = createServer(
    {
      noDelay: true,
      keepAliveTimeout,
      // Slow uploads are watched by their idle time: a large one may rightly take longer than any fixed limit.
      requestTimeout: 0,
      // S3 takes 8 KiB of headers; a key of 1,024 bytes may need 3 KiB of request line.
      maxHeaderSize: 12 * 1024,
    },
    (request, response) => {
      (request.socket as AnsweringSocket)[lastResponse] = response;
      const work = handleS3Request(context, request, response);
      if (!work) return;
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    },
  );
  // A body is asked for only after its signature was found right: see receive-body.ts.
  server.on('checkContinue', (request, response) => server.emit('request', request, response));
  server.on('clientError', (error, socket) =>
    answerUnreadableRequest(error, socket, (socket as AnsweringSocket)[lastResponse]),
  );
  return server;
}

function answerUnreadableRequest(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  response: ServerResponse | undefined,
): void {
  const isAnswering = response !== undefined && !response.writableFinished;
  if (!socket.writable || isAnswering) {
    socket.destroy();
    return;
  }
  const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'RequestHeaderSectionTooLarge' : 'InvalidRequest';
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>The request could not be read.</Message></Error>`;
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/xml\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function reportOnStderr(error: unknown, requestId: string): void {
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${JSON.stringify({ level: 'error', source: 's3', requestId, error: stack })}\n`);
}
