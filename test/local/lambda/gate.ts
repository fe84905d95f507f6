import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers nobody until it is opened, so that a test knows who is inside a handler, and when. */
export interface Gate {
  url: string;
  /** Settles when this many callers wait. */
  arrived: (count: number) => Promise<void>;
  open: () => void;
  close: () => Promise<void>;
}

export async function createGate(): Promise<Gate> {
  const waiting: ServerResponse[] = [];
  let onArrival = (): void => {};
  const server = createServer((_, response) => {
    waiting.push(response);
    onArrival();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    arrived: (count) =>
      new Promise((resolve) => {
        onArrival = () => {
          if (waiting.length >= count) resolve();
        };
        onArrival();
      }),
    open: () => {
      for (const response of waiting.splice(0)) response.end('open');
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
