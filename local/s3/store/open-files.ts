import { closeSync, openSync } from 'node:fs';

// Many systems give a process 1,024 descriptors (ulimit -n), and sockets need most of them.
const maxOpen = 256;

/** Keeps files of small bodies open: opening and closing costs more than reading 16 KiB does. */
export class OpenFiles {
  /** Least recently used first. */
  readonly #descriptors = new Map<string, number>();

  /** Valid until the caller next lets other code run. */
  descriptor(path: string): number {
    let fd = this.#descriptors.get(path);
    if (fd === undefined) fd = this.#open(path);
    else this.#descriptors.delete(path);
    this.#descriptors.set(path, fd);
    return fd;
  }

  close(path: string): void {
    const fd = this.#descriptors.get(path);
    if (fd === undefined) return;
    this.#descriptors.delete(path);
    closeSync(fd);
  }

  closeAll(): void {
    for (const path of this.#descriptors.keys()) this.close(path);
  }

  #open(path: string): number {
    const [oldest] = this.#descriptors.size >= maxOpen ? this.#descriptors.keys() : [];
    if (oldest !== undefined) this.close(oldest);
    try {
      return openSync(path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EMFILE') throw error;
      // The process needs its descriptors elsewhere.
      this.closeAll();
      return openSync(path, 'r');
    }
  }
}
