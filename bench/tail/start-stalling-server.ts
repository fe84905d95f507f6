import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Argv } from '../clients/bench-client-kind';
import type { StallPlace } from './tail-task';

export interface StallingServer {
  endpoint: string;
  /** Requests that it has got. */
  requests: () => Promise<number>;
  stop: () => Promise<void>;
}

/** Alone in its process, so that its stalls are not the client's. */
export async function startStallingServer(
  [, script]: Argv,
  settings: { place: StallPlace; sizeBytes: number; stallMs: number; seed: number },
): Promise<StallingServer> {
  const child = fork(script!, [JSON.stringify(settings)], { execArgv: [] });
  const ended = once(child, 'exit');
  const failed = ended.then(() => {
    throw new Error('the stalling server ended');
  });
  failed.catch(() => {});
  const message = async () => Number((await Promise.race([once(child, 'message'), failed]))[0]);
  const port = await message();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests: () => {
      const count = message();
      child.send('requests');
      return count;
    },
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
