import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageRoot, synthesizedAssembly } from '../../local/machine/assembly';
import type { SourceS3 } from '../../local/machine/source-s3';
import { keptDir } from '../local/machine/start-machine';
import { tempFolder } from '../local/machine/temp-folder';

interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface StartedCli {
  pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it has said so on stdout or stderr; rejects where it ends without. */
  said(what: RegExp): Promise<RegExpExecArray>;
  ended: Promise<CliResult>;
}

/** The whole command, as `npm start` and `npm run cli` start it. */
export const cliCommand = [
  process.execPath,
  '--import',
  require.resolve('tsx'),
  join(packageRoot(__dirname), 'bin/s3-fetch-tuner.ts'),
];

/** A folder to run it in, which has the synthesized stack already. */
export async function cliFolder(): Promise<ReturnType<typeof tempFolder>> {
  const folder = tempFolder();
  const assembly = await synthesizedAssembly(keptDir, () => {});
  mkdirSync(join(folder.path, '.s3-fetch-tuner'));
  symlinkSync(assembly, join(folder.path, '.s3-fetch-tuner', basename(assembly)));
  return folder;
}

const running = new Set<ChildProcess>();

/** Where a test failed before the end of what it had started, that is ended here. */
export function endAfterTests(child: ChildProcess): void {
  running.add(child);
  child.once('close', () => running.delete(child));
}

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** The environment of a user of that S3. */
export function environmentFor({ credentials, region }: SourceS3): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    TERM: 'xterm',
  };
}

/** Starts the command line as a process of its own; stdout and stderr are no terminals. */
export function startCli(args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): StartedCli {
  const [program, ...first] = cliCommand;
  const child = spawn(program!, [...first, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  endAfterTests(child);
  const result: CliResult = { code: null, stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const hear = (stream: 'stdout' | 'stderr') =>
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      result[stream] += text;
      for (const listener of listeners) listener();
    });
  hear('stdout');
  hear('stderr');
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...result, code }));
  });
  const said = (what: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const listen = () => {
        const match = what.exec(result.stdout) ?? what.exec(result.stderr);
        if (match) resolve(match);
      };
      listeners.add(listen);
      listen();
      ended.then(() => reject(new Error(`ended without: ${JSON.stringify(result)}`)), reject);
    });
  return { pid: child.pid!, kill: (signal) => void child.kill(signal), said, ended };
}
