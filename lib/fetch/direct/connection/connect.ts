import type { TriedAddress } from '../../object-client';
import type { Attempt } from '../attempt';
import { asAttemptError, AttemptError } from '../attempt-error';
import type { Origin } from '../signing/bucket-endpoint';
import type { AddressBook } from './address-book';
import type { Connection } from './connection';
import { type Lookup, lookUp } from './look-up';
import { openConnection, type TlsSettings } from './open-connection';

export interface ConnectSettings extends TlsSettings {
  lookup: Lookup;
  book: AddressBook;
}

/** A retry asks for fresh addresses; three that are dead in a row say that the fault lies elsewhere. */
const mostAddresses = 3;

/**
 * A new connection. Addresses are tried one after the other, each for `connectMs` at most, so that one that is
 * dead costs that much and no more, and stands in `tried` with its outcome.
 */
export async function connect(
  origin: Origin,
  attempt: Attempt,
  connectMs: number,
  settings: ConnectSettings,
  tried: TriedAddress[],
): Promise<Connection> {
  const found = await lookUp(origin.hostname, settings.lookup, attempt, connectMs);
  const addresses = settings.book.order([...new Set(found)]).slice(0, mostAddresses);
  for (const [n, address] of addresses.entries()) {
    const startMs = performance.now();
    const tell = (outcome: TriedAddress['outcome']) =>
      tried.push({ address, outcome, ms: performance.now() - startMs });
    try {
      const connection = await openConnection(origin, address, attempt, connectMs, settings);
      tell('connected');
      settings.book.delete(address);
      return connection;
    } catch (error) {
      const { code, retry } = asAttemptError(error).failure;
      tell(code);
      if (code !== 'Aborted') settings.book.failed(address);
      // A certificate that does not fit one address fits none.
      if (retry === 'no' || n === addresses.length - 1) throw error;
    }
  }
  throw new AttemptError('DnsFailure', 'dns', `${origin.hostname} has no address`, 'transient');
}
