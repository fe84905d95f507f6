import type { Origin } from '../signing/bucket-endpoint';
import type { Connection } from './connection';

/** Connections that wait for their next request; too old ones are closed before S3 does it. */
export interface IdleConnections {
  add(connection: Connection): void;
  /** The one that was used last. */
  take(origin: Origin): Connection | null;
  dropOldest(): void;
  close(): void;
}

/** `onClosed` is called for each connection that ends here. */
export function createIdleConnections(
  idleMs: number,
  onClosed: (connection: Connection) => void,
): IdleConnections {
  /** The one that has waited longest first. */
  const all: Connection[] = [];
  let timer: NodeJS.Timeout | undefined;

  const remove = (at: number) => {
    if (at === all.length - 1) all.pop();
    else all.splice(at, 1);
  };
  const close = (connection: Connection | undefined) => {
    const at = connection ? all.indexOf(connection) : -1;
    if (!connection || at < 0) return;
    remove(at);
    connection.destroy();
    onClosed(connection);
  };
  const isStale = ({ idleSinceMs, idleSinceWallMs }: Connection) => {
    const wallMs = Date.now() - idleSinceWallMs;
    return performance.now() - idleSinceMs >= idleMs || wallMs >= idleMs || wallMs < 0;
  };
  const startTimer = (afterMs: number): NodeJS.Timeout =>
    setTimeout(() => {
      all.filter(isStale).forEach(close);
      const [oldest] = all;
      const leftMs = oldest ? idleMs - (performance.now() - oldest.idleSinceMs) : 0;
      timer = oldest && startTimer(Math.max(1, Math.ceil(leftMs)));
    }, afterMs).unref();

  return {
    add(connection) {
      connection.idleSinceMs = performance.now();
      connection.idleSinceWallMs = Date.now();
      connection.onLost = () => close(connection);
      // Nobody waits for it: it must not keep a process alive.
      connection.socket.unref();
      all.push(connection);
      timer ??= startTimer(idleMs);
    },
    take(origin) {
      for (let n = all.length - 1; n >= 0; n--) {
        const connection = all[n]!;
        if (connection.origin.id !== origin.id) continue;
        if (connection.usable && !isStale(connection)) {
          remove(n);
          connection.onLost = () => {};
          connection.socket.ref();
          return connection;
        }
        close(connection);
      }
      return null;
    },
    dropOldest: () => close(all[0]),
    close() {
      while (all.length > 0) close(all[0]);
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
