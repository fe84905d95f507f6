import type { TriedAddress } from '../../object-client';
import type { Attempt } from '../attempt';
import type { Origin } from '../signing/bucket-endpoint';
import { connect, type ConnectSettings } from './connect';
import type { Connection } from './connection';
import { createIdleConnections } from './idle-connections';

/** At most `maxSockets` connections, busy, idle or being made; the one used last is used first. */
export interface ConnectionPool {
  /** An idle connection, if there is one and it may be used. */
  takeIdle(wanted: ConnectionWanted): Connection | null;
  /** Waits for a slot and makes a connection, unless one becomes idle meanwhile. */
  take(wanted: ConnectionWanted, attempt: Attempt, tried: TriedAddress[]): Promise<Connection>;
  /** Back from a request that ended well enough for another. */
  release(connection: Connection): void;
  /** Back from a request that spoilt it. */
  drop(connection: Connection): void;
  /** Every connection, idle or busy; one that is being made serves the request that it is made for. */
  close(): void;
}

/** What is asked of the pool. */
interface ConnectionWanted {
  origin: Origin;
  /** A connection that has served nothing yet. */
  fresh: boolean;
  connectMs: number;
}

interface Waiter extends ConnectionWanted {
  /** With null: a slot is free for a connection of one's own. */
  resolve(connection: Connection | null): void;
}

export function createConnectionPool(
  maxSockets: number,
  idleMs: number,
  settings: ConnectSettings,
): ConnectionPool {
  const waiters: Waiter[] = [];
  const connections = new Set<Connection>();
  let slots = 0;
  let closings = 0;

  const giveSlot = () => {
    const waiter = waiters.shift();
    if (waiter) waiter.resolve(null);
    else slots--;
  };
  const idle = createIdleConnections(idleMs, (connection) => {
    connections.delete(connection);
    giveSlot();
  });
  const takeSlot = () => {
    if (slots >= maxSockets) idle.dropOldest();
    if (slots >= maxSockets) return false;
    slots++;
    return true;
  };
  const wait = (wanted: ConnectionWanted, attempt: Attempt) =>
    new Promise<Connection | null>((resolve, reject) => {
      const waiter = { ...wanted, resolve };
      waiters.push(waiter);
      // No deadline: whoever holds the slots has some, and a slow one of ours says nothing of the network.
      attempt.watch({
        limitMs: null,
        lateCode: 'ConnectTimeout',
        giveUp: (error) => {
          const at = waiters.indexOf(waiter);
          if (at >= 0) waiters.splice(at, 1);
          reject(error);
        },
      });
    });
  const drop = (connection: Connection) => {
    if (!connections.delete(connection)) return;
    connection.destroy();
    giveSlot();
  };

  return {
    drop,
    takeIdle: ({ origin, fresh }) => (fresh ? null : idle.take(origin)),
    async take(wanted, attempt, tried) {
      const handed = takeSlot() ? null : await wait(wanted, attempt);
      if (handed) return handed;
      const closingsBefore = closings;
      try {
        const connection = await connect(wanted.origin, attempt, wanted.connectMs, settings, tried);
        connection.outdated = closingsBefore !== closings;
        connections.add(connection);
        return connection;
      } catch (error) {
        giveSlot();
        throw error;
      }
    },
    release(connection) {
      if (!connection.usable || connection.outdated) return drop(connection);
      connection.reused = true;
      const [waiter] = waiters;
      if (!waiter) return idle.add(connection);
      if (waiter.fresh || waiter.origin.id !== connection.origin.id) return drop(connection);
      waiters.shift();
      waiter.resolve(connection);
    },
    close() {
      closings++;
      idle.close();
      settings.book.clear();
      for (const connection of connections) connection.fail(closedByClient());
    },
  };
}

const closedByClient = () =>
  Object.assign(new Error('the client closed its connections'), { code: 'ECONNRESET' });
