import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The interpreter itself, not a shim before it; a word where it, or the module, is not there. */
export async function pythonWith(module: string): Promise<{ program: string } | string> {
  try {
    const script = `import ${module}, sys; print(sys.executable)`;
    const { stdout } = await run('python3', ['-c', script], { timeout: 60_000 });
    return { program: stdout.trim() };
  } catch {
    return 'not installed';
  }
}
