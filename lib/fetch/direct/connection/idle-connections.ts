import type { Origin } from '../signing/bucket-endpoint';
import type { Connection } from './connection';

interface Idle {
  connection: Connection;
  /** By the monotonic and by the wall clock: a sandbox that is frozen may stop the first. */
  sinceMs: number;
  sinceWallMs: number;
}

/** Connections that wait for their next request; too old ones are closed before S3 does it. */
export class IdleConnections {
  /** The oldest first. */
  #all: Idle[] = [];
  readonly #idleMs: number;
  readonly #onClosed: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** `onClosed` is called for each connection that ends here. */
  constructor(idleMs: number, onClosed: () => void) {
    this.#idleMs = idleMs;
    this.#onClosed = onClosed;
  }

  add(connection: Connection): void {
    const idle: Idle = { connection, sinceMs: performance.now(), sinceWallMs: Date.now() };
    connection.onLost = () => this.#close(idle);
    // Nobody waits for it: it must not keep a process alive.
    connection.socket.unref();
    this.#all.push(idle);
    this.#timer ??= this.#startTimer(this.#idleMs);
  }

  /** The one that was used last. */
  take(origin: Origin): Connection | null {
    for (let n = this.#all.length - 1; n >= 0; n--) {
      const idle = this.#all[n]!;
      if (idle.connection.origin.id !== origin.id) continue;
      if (idle.connection.usable && !this.#isStale(idle)) {
        this.#all.splice(n, 1);
        idle.connection.onLost = () => {};
        idle.connection.socket.ref();
        return idle.connection;
      }
      this.#close(idle);
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

  #close(idle: Idle): void {
    const at = this.#all.indexOf(idle);
    if (at < 0) return;
    this.#all.splice(at, 1);
    idle.connection.destroy();
    this.#onClosed();
  }

  #isStale({ sinceMs, sinceWallMs }: Idle): boolean {
    const wallMs = Date.now() - sinceWallMs;
    return performance.now() - sinceMs >= this.#idleMs || wallMs >= this.#idleMs || wallMs < 0;
  }

  #startTimer(afterMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      for (const idle of this.#all.filter((each) => this.#isStale(each))) this.#close(idle);
      const [oldest] = this.#all;
      const leftMs = oldest ? this.#idleMs - (performance.now() - oldest.sinceMs) : 0;
      this.#timer = oldest && this.#startTimer(Math.max(1, Math.ceil(leftMs)));
    }, afterMs).unref();
  }
}
