import { closeSync, copyFileSync, linkSync, openSync, unlinkSync, write } from 'node:fs';
import { promisify } from 'node:util';

const writeAsync = promisify(write);

/** A body on its way in: kept under its final name when it is whole, or discarded without a trace. */
export class IncomingBody {
  readonly bodyId: string;
  readonly path: string;
  #fd: number | null = null;
  #created = false;

  constructor(bodyId: string, path: string) {
    this.bodyId = bodyId;
    this.path = path;
  }

  open(): void {
    this.#fd = openSync(this.path, 'wx');
    this.#created = true;
  }

  async write(chunk: Buffer): Promise<void> {
    for (let written = 0; written < chunk.length; ) {
      const { bytesWritten } = await writeAsync(this.#fd!, chunk, written, chunk.length - written, null);
      written += bytesWritten;
    }
  }

  /** The same bytes as another body, without copying them where the file system can link. */
  cloneFrom(path: string): void {
    try {
      linkSync(path, this.path);
    } catch {
      copyFileSync(path, this.path);
    }
    this.#created = true;
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  discard(): void {
    this.close();
    if (this.#created) unlinkSync(this.path);
    this.#created = false;
  }
}
