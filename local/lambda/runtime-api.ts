import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAtMost } from './read-at-most';
import { maxResponseBytes } from './payload-limits';

export interface Invocation {
  requestId: string;
  functionArn: string;
  payload: Buffer;
  traceId: string;
}

export interface Answer {
  kind: 'response' | 'error';
  /** Null where it was larger than Lambda takes. */
  body: Buffer | null;
  atMs: number;
}

export interface RuntimeEvents {
  /** The runtime asked for an event: its init is over, or its last invocation is. */
  onAsked: () => void;
  /** The answer to the event, or the error of the init. */
  onAnswer: (answer: Answer) => void;
}

const prefix = '/2018-06-01/runtime/';

/** The Lambda Runtime API for one sandbox: its own port, so that no sandbox can answer for another. */
export class RuntimeApi {
  #server: Server;
  #events: RuntimeEvents;
  #waiting: ServerResponse | null = null;
  #requestId: string | null = null;

  constructor(events: RuntimeEvents) {
    this.#events = events;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    // A handler may run for 15 minutes between two calls on its kept-alive connection.
    this.#server.keepAliveTimeout = 0;
    this.#server.requestTimeout = 0;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Hands one event to the runtime, which must be waiting for it. */
  deliver(invocation: Invocation, deadlineMs: number): void {
    const response = this.#waiting;
    if (response === null) throw new Error('the runtime is not waiting for an event');
    this.#waiting = null;
    this.#requestId = invocation.requestId;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': invocation.payload.length,
      'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
      'Lambda-Runtime-Deadline-Ms': String(deadlineMs),
      'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
      'Lambda-Runtime-Trace-Id': invocation.traceId,
    });
    response.end(invocation.payload);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const route = path.startsWith(prefix) ? `${request.method} ${path.slice(prefix.length)}` : '';
    if (route === 'GET invocation/next') {
      this.#waiting = response;
      this.#events.onAsked();
      return;
    }
    const kind = this.#answerKind(route);
    if (kind === null) return reply(response, 404);
    const atMs = performance.now();
    let body: Buffer | null;
    try {
      body = await readAtMost(request, maxResponseBytes);
    } catch {
      // The runtime died in the middle of its answer; its exit is what the caller hears of.
      return;
    }
    this.#events.onAnswer({ kind, body, atMs });
    reply(response, body === null ? 413 : 202);
  }

  #answerKind(route: string): Answer['kind'] | null {
    if (route === 'POST init/error') return 'error';
    const [, requestId, kind] = /^POST invocation\/([^/]+)\/(response|error)$/.exec(route) ?? [];
    return requestId !== undefined && requestId === this.#requestId ? (kind as Answer['kind']) : null;
  }
}

function reply(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ status: status === 202 ? 'OK' : 'refused' }));
}
