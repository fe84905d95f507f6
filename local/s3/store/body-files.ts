import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, unlink } from 'node:fs';
import { join, sep } from 'node:path';
import { IncomingBody } from './incoming-body';
import { OpenFiles } from './open-files';

/** Files that hold bodies, under random names: no key ever becomes a path. */
export class BodyFiles {
  readonly openFiles = new OpenFiles();
  readonly #bodies: string;
  readonly #incoming: string;

  constructor(dataDir: string) {
    this.#bodies = join(dataDir, 'bodies');
    this.#incoming = join(dataDir, 'incoming');
    // What was still arriving when the last process died was never answered.
    rmSync(this.#incoming, { recursive: true, force: true });
    mkdirSync(this.#bodies, { recursive: true });
    mkdirSync(this.#incoming);
  }

  path(bodyId: string): string {
    return this.#bodies + sep + bodyId;
  }

  create(): IncomingBody {
    const bodyId = randomBytes(16).toString('hex');
    return new IncomingBody(bodyId, join(this.#incoming, bodyId));
  }

  /** From here on the body is whole under its final name, though nothing refers to it yet. */
  keep(body: IncomingBody): void {
    renameSync(body.path, this.path(body.bodyId));
  }

  remove(bodyIds: string[]): void {
    for (const bodyId of bodyIds) {
      this.openFiles.close(this.path(bodyId));
      // A body that stays behind is swept at the next start.
      unlink(this.path(bodyId), () => {});
    }
  }

  sweep(referenced: Set<string>): void {
    for (const name of readdirSync(this.#bodies)) {
      if (!referenced.has(name)) rmSync(this.path(name), { force: true });
    }
  }
}
