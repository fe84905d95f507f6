import { copyFile, link, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { S3Server } from '../s3/s3-server';

/** What the stack itself writes; anything else that is put below runs/ stays in the bucket. */
const runFile = /^runs\/[A-Za-z0-9_-]{1,80}(\/[A-Za-z0-9][A-Za-z0-9._#-]*){1,5}$/;

/** Keeps a copy of every run folder on disk, file by file, as they are written. */
export class RunMirror {
  readonly #outDir: string;
  #pending: Promise<unknown> = Promise.resolve();

  /** `outDir` is the parent of the run folders: `./runs`. */
  constructor(store: S3Server['store'], bucket: string, outDir: string) {
    this.#outDir = outDir;
    store.onObjectCreated((created) => {
      if (created.bucket !== bucket || !runFile.test(created.key)) return;
      const path = join(outDir, ...created.key.split('/').slice(1));
      const copied = mirror(created.bodyPath, path);
      copied.catch(() => {});
      this.#pending = Promise.all([this.#pending, copied]);
      this.#pending.catch(() => {});
    });
  }

  folderOf(runId: string): string {
    return join(this.#outDir, runId);
  }

  /** Resolves when all that was written so far is on disk; throws where something could not be. */
  async settled(): Promise<void> {
    await this.#pending;
  }
}

// A link costs nothing; across file systems only a copy will do.
async function mirror(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rm(to, { force: true });
  await link(from, to).catch(() => copyFile(from, to));
}
