import { spawn, spawnSync } from 'node:child_process';

export interface ProgramResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; it never throws. */
export function runProgram(
  program: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; input?: string; cwd?: string } = {},
): Promise<ProgramResult> {
  const { input = '', ...others } = options;
  const child = spawn(program, args, { ...others, stdio: ['pipe', 'pipe', 'pipe'] });
  const result: ProgramResult = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (result.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (result.stderr += text));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...result, code }));
  });
}

/** Whether a program is on this machine and answers. */
export const isPresent = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
