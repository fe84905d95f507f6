import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FunctionSpec } from './function-spec';
import { LogLines } from './log-lines';

export interface SandboxProcess {
  /** Undefined where it could not be started. */
  pid: number | undefined;
  kill(): void;
  /** Settles once all that the process has written so far has been handed on. */
  logsRead(): Promise<void>;
  exited: Promise<ProcessExit>;
}

export interface ProcessExit {
  code: number | null;
  signal: string | null;
}

/** One Node process that runs the bootstrap. */
export function startProcess(
  spec: FunctionSpec,
  environment: Record<string, string>,
  onLine: (line: string) => void,
): SandboxProcess {
  const node = process.env['LAMBDA_NODE'] ?? process.execPath;
  const child = spawn(node, [heapLimit(spec.memorySizeMb), join(__dirname, 'bootstrap.mjs')], {
    cwd: spec.codeDir,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in a terminal reaches the daemon alone, which ends what must end.
    detached: true,
  });
  const streams = [child.stdout, child.stderr].map((stream) => {
    const lines = new LogLines(onLine);
    stream?.on('data', (chunk: Buffer) => lines.push(chunk));
    return lines;
  });
  // The lifeline only ever closes; that the child is gone is told by its exit.
  child.stdio[3]?.on('error', () => {});
  const logsRead = async (): Promise<void> => {
    // The bootstrap asks for an event once all is written: it lies in the pipes, and one turn of the loop reads it.
    await setImmediate();
    await setImmediate();
    for (const lines of streams) lines.flush();
  };
  return { pid: child.pid, kill: () => void child.kill('SIGKILL'), logsRead, exited: exitOf(child) };
}

function exitOf(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
}

// Node on Lambda leaves about a tenth of the function's memory to all that is not heap.
function heapLimit(memorySizeMb: number): string {
  return `--max-old-space-size=${Math.floor(memorySizeMb * 0.9)}`;
}
