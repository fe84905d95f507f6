import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder of a fresh s3rver 3.7.1, or null where it cannot be had; the bench goes on without it. */
export async function installS3rver(prefix: string): Promise<string | null> {
  try {
    await mkdir(prefix, { recursive: true });
    const args = [
      'install',
      '--prefix',
      prefix,
      's3rver@3.7.1',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
    ];
    await run('npm', args, { timeout: 120_000 });
    return join(prefix, 'node_modules', 's3rver');
  } catch (error) {
    const reason = (error as Error).message.split('\n', 1)[0];
    process.stderr.write(`s3rver 3.7.1 is left out, it could not be installed: ${reason}\n`);
    return null;
  }
}
