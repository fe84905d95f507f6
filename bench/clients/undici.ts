import { readFileSync } from 'node:fs';
import { createSigner } from '../../lib/fetch/direct/signing/signer';
import { readEach } from './read-each';
import { runClient } from './run-client';

interface DispatchHandler {
  onConnect: () => void;
  onError: (error: Error) => void;
  onHeaders: (status: number) => boolean;
  onData: (chunk: Buffer) => boolean;
  onComplete: () => void;
}

interface Pool {
  dispatch: (options: { method: 'GET'; path: string; headers: string[] }, handler: DispatchHandler) => void;
  destroy: () => Promise<void>;
}

interface Undici {
  Pool: new (origin: string, options: object) => Pool;
}

const { Pool } = require(process.argv[2]!) as Undici;

/** undici at its lowest level, with the project's own signer. */
void runClient((task) => {
  const ca = task.caFile === null ? undefined : readFileSync(task.caFile);
  const pool = new Pool(task.endpoint, { connections: task.concurrency, connect: { ca } });
  const signer = createSigner(task.credentials, task.region);
  const { host } = new URL(task.endpoint);
  const read = (key: string) =>
    new Promise<number>((resolve, reject) => {
      const path = `/${task.bucket}/${key}`;
      const lines = signer.sign({ method: 'GET', host, path, checksumMode: false }, Date.now());
      const headers = lines.split('\r\n').flatMap((line) => (line === '' ? [] : splitAtColon(line)));
      let bytes = 0;
      pool.dispatch(
        { method: 'GET', path, headers },
        {
          onConnect: () => {},
          onError: reject,
          onHeaders: (status) => {
            if (status !== 200) reject(new Error(`the answer is ${status}`));
            return true;
          },
          onData: (chunk) => {
            bytes += chunk.length;
            return true;
          },
          onComplete: () => resolve(bytes),
        },
      );
    });
  return { readAll: () => readEach(task, read), close: () => void pool.destroy() };
});

function splitAtColon(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}
