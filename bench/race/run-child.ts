import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ChildOutput {
  stdout: string;
  stderr: string;
}

export interface ChildLimits {
  timeoutMs: number;
  signal: AbortSignal;
}

// Nothing else gets through: a proxy, another CA bundle or AWS profile of the caller's would be measured as well.
const inherited = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR'];

/** Runs a program to its end; gives what it printed, throws with the end of its stderr. */
export async function runChild(
  argv: readonly string[],
  env: Record<string, string>,
  { timeoutMs, signal }: ChildLimits,
): Promise<ChildOutput> {
  const [program, ...args] = argv;
  const basis = inherited.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  try {
    return await run(program!, args, {
      env: { ...Object.fromEntries(basis), ...env },
      timeout: timeoutMs,
      maxBuffer: 64 * 1024 * 1024,
      signal,
    });
  } catch (error) {
    const { killed, stderr, message } = error as { killed?: boolean; stderr?: string; message: string };
    const cut = killed && !signal.aborted ? `cut off after ${timeoutMs / 1e3} s` : null;
    throw new Error(cut ?? (stderr?.trim().slice(-2_000) || message.slice(0, 500)), { cause: error });
  }
}
