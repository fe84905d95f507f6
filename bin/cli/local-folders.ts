import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DataDirLockedError } from '../../local/s3/store/data-dir-lock';
import { folderProblem } from './out-folder';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

/** The synthesized stack and the embedded S3's objects, kept between runs. */
export async function dataDirOf(terminal: Terminal): Promise<string> {
  const folder = resolve(terminal.cwd(), '.s3-fetch-tuner');
  const problem = await folderProblem(folder);
  if (problem === null) return folder;
  const message = `what is kept between runs lies in ./.s3-fetch-tuner, which cannot be written (${problem})`;
  throw new UsageError(message, 'the command in a folder of your own');
}

/**
 * Runs `start` on the kept objects; where another process has them open (a `serve`, another run), on a folder
 * of its own that is removed at the end.
 */
export async function withS3Dir<T extends { close(): Promise<void> }>(
  dataDir: string,
  start: (s3Dir: string) => Promise<T>,
  say: (text: string) => void,
): Promise<T> {
  try {
    return await start(join(dataDir, 's3'));
  } catch (error) {
    if (!(error instanceof DataDirLockedError)) throw error;
    say(`process ${error.holderPid} has the kept objects open: this run makes its own`);
    const own = join(dataDir, `s3-${process.pid}`);
    const started = await start(own);
    const close = started.close.bind(started);
    started.close = async () => {
      await close();
      await rm(own, { recursive: true, force: true });
    };
    return started;
  }
}
