import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** A server alone in its process, so that its CPU is nobody else's. */
export interface ServerProcess {
  url: string;
  credentials: Credentials;
  /** User and system time since its start. */
  cpuMicros(): Promise<number>;
  stop(): Promise<void>;
}

export function startOwnServer(dataDir: string): Promise<ServerProcess> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
  return start(require.resolve('./own-server'), [dataDir, JSON.stringify(credentials)], credentials);
}

export function startS3rver(moduleFolder: string, dataDir: string): Promise<ServerProcess> {
  // The only pair that s3rver knows.
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  return start(require.resolve('./s3rver-server'), [moduleFolder, dataDir], credentials);
}

async function start(script: string, args: string[], credentials: Credentials): Promise<ServerProcess> {
  const child = fork(script, args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = String(await nextMessage(child));
  return {
    url,
    credentials,
    cpuMicros: async () => {
      child.send('cpu');
      return Number(await nextMessage(child));
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const settled = new AbortController();
  const { signal } = settled;
  const early = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`the server ended with code ${code}`);
  });
  early.catch(() => {});
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), early]);
    return message;
  } finally {
    settled.abort();
  }
}
