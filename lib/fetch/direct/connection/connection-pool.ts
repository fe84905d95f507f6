import type { TriedAddress } from '../../object-client';
import type { Attempt } from '../attempt';
import type { Origin } from '../signing/bucket-endpoint';
import { connect, type ConnectSettings } from './connect';
import type { Connection } from './connection';
import { IdleConnections } from './idle-connections';

interface Waiter {
  origin: Origin;
  fresh: boolean;
  /** With null: a slot is free for a connection of one's own. */
  resolve(connection: Connection | null): void;
}

/** What is asked of the pool. */
export interface ConnectionWanted {
  origin: Origin;
  /** A connection that has served nothing yet. */
  fresh: boolean;
  connectMs: number;
}

/** At most `maxSockets` connections, busy, idle or being made; the one used last is used first. */
export class ConnectionPool {
  readonly #maxSockets: number;
  readonly #settings: ConnectSettings;
  readonly #waiters: Waiter[] = [];
  readonly #idle: IdleConnections;
  readonly #connections = new Set<Connection>();
  #slots = 0;
  #closings = 0;

  constructor(maxSockets: number, idleMs: number, settings: ConnectSettings) {
    this.#maxSockets = maxSockets;
    this.#settings = settings;
    this.#idle = new IdleConnections(idleMs, (connection) => {
      this.#connections.delete(connection);
      this.#giveSlot();
    });
  }

  /** An idle connection, if there is one and it may be used. */
  takeIdle({ origin, fresh }: ConnectionWanted): Connection | null {
    return fresh ? null : this.#idle.take(origin);
  }

  /** Waits for a slot and makes a connection, unless one becomes idle meanwhile. */
  async take(wanted: ConnectionWanted, attempt: Attempt, tried: TriedAddress[]): Promise<Connection> {
    const handed = this.#takeSlot() ? null : await this.#wait(wanted, attempt);
    if (handed) return handed;
    const closings = this.#closings;
    try {
      const connection = await connect(wanted.origin, attempt, wanted.connectMs, this.#settings, tried);
      connection.outdated = closings !== this.#closings;
      this.#connections.add(connection);
      return connection;
    } catch (error) {
      this.#giveSlot();
      throw error;
    }
  }

  /** Back from a request that ended well enough for another. */
  release(connection: Connection): void {
    if (!connection.usable || connection.outdated) {
      this.drop(connection);
      return;
    }
    connection.reused = true;
    const [waiter] = this.#waiters;
    if (!waiter) this.#idle.add(connection);
    else if (waiter.fresh || waiter.origin.id !== connection.origin.id) this.drop(connection);
    else {
      this.#waiters.shift();
      waiter.resolve(connection);
    }
  }

  /** Back from a request that spoilt it. */
  drop(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    connection.destroy();
    this.#giveSlot();
  }

  /** Every connection, idle or busy; one that is being made serves the request that it is made for. */
  close(): void {
    this.#closings++;
    this.#idle.close();
    this.#settings.book.forget();
    for (const connection of this.#connections) connection.fail(new ClosedByClient());
  }

  #takeSlot(): boolean {
    if (this.#slots >= this.#maxSockets) this.#idle.dropOldest();
    if (this.#slots >= this.#maxSockets) return false;
    this.#slots++;
    return true;
  }

  #giveSlot(): void {
    const waiter = this.#waiters.shift();
    if (waiter) waiter.resolve(null);
    else this.#slots--;
  }

  #wait({ origin, fresh }: ConnectionWanted, attempt: Attempt): Promise<Connection | null> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { origin, fresh, resolve };
      this.#waiters.push(waiter);
      // No deadline: whoever holds the slots has some, and a slow one of ours says nothing of the network.
      attempt.watch({
        limitMs: null,
        lateCode: 'ConnectTimeout',
        giveUp: (error) => {
          const at = this.#waiters.indexOf(waiter);
          if (at >= 0) this.#waiters.splice(at, 1);
          reject(error);
        },
      });
    });
  }
}

class ClosedByClient extends Error {
  override name = 'ClosedByClient';
  readonly code = 'ECONNRESET';

  constructor() {
    super('the client closed its connections');
  }
}
