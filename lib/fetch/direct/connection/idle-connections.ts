import type { Origin } from '../signing/bucket-endpoint';
import type { Connection } from './connection';

/** Connections that wait for their next request; too old ones are closed before S3 does it. */
export class IdleConnections {
  /** The one that has waited longest first. */
  readonly #all: Connection[] = [];
  readonly #idleMs: number;
  readonly #onClosed: (connection: Connection) => void;
  #timer: NodeJS.Timeout | undefined;

  /** `onClosed` is called for each connection that ends here. */
  constructor(idleMs: number, onClosed: (connection: Connection) => void) {
    this.#idleMs = idleMs;
    this.#onClosed = onClosed;
  }

  add(connection: Connection): void {
    connection.idleSinceMs = performance.now();
    connection.idleSinceWallMs = Date.now();
    connection.onLost = () => this.#close(connection);
    // Nobody waits for it: it must not keep a process alive.
    connection.socket.unref();
    this.#all.push(connection);
    this.#timer ??= this.#startTimer(this.#idleMs);
  }

  /** The one that was used last. */
  take(origin: Origin): Connection | null {
    for (let n = this.#all.length - 1; n >= 0; n--) {
      const connection = this.#all[n]!;
      if (connection.origin.id !== origin.id) continue;
      if (connection.usable && !this.#isStale(connection)) {
        this.#remove(n);
        connection.onLost = ignore;
        connection.socket.ref();
        return connection;
      }
      this.#close(connection);
    }
    return null;
  }

  dropOldest(): void {
    const [oldest] = this.#all;
    if (oldest) this.#close(oldest);
  }

  close(): void {
    while (this.#all.length > 0) this.dropOldest();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #close(connection: Connection): void {
    const at = this.#all.indexOf(connection);
    if (at < 0) return;
    this.#remove(at);
    connection.destroy();
    this.#onClosed(connection);
  }

  #remove(at: number): void {
    if (at === this.#all.length - 1) this.#all.pop();
    else this.#all.splice(at, 1);
  }

  #isStale({ idleSinceMs, idleSinceWallMs }: Connection): boolean {
    const wallMs = Date.now() - idleSinceWallMs;
    return performance.now() - idleSinceMs >= this.#idleMs || wallMs >= this.#idleMs || wallMs < 0;
  }

  #startTimer(afterMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      for (const connection of this.#all.filter((each) => this.#isStale(each))) this.#close(connection);
      const [oldest] = this.#all;
      const leftMs = oldest ? this.#idleMs - (performance.now() - oldest.idleSinceMs) : 0;
      this.#timer = oldest && this.#startTimer(Math.max(1, Math.ceil(leftMs)));
    }, afterMs).unref();
  }
}

const ignore = () => {};
