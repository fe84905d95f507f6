import dns from 'node:dns';
import { isIP } from 'node:net';
import type { Attempt } from '../attempt';
import { systemError } from '../attempt-error';

/** All addresses of a name, in the order in which they are to be tried. Node's `dns.lookup` fits. */
export type Lookup = (
  hostname: string,
  options: { all: true },
  callback: (error: Error | null, addresses: { address: string }[]) => void,
) => void;

export const systemLookup: Lookup = (hostname, options, callback) => dns.lookup(hostname, options, callback);

/** Asked anew for every connection: S3's answer changes from second to second, and that spreads the load. */
export function lookUp(
  hostname: string,
  lookup: Lookup,
  attempt: Attempt,
  limitMs: number,
): Promise<string[]> | string[] {
  if (isIP(hostname)) return [hostname];
  return new Promise((resolve, reject) => {
    attempt.enter('dns', { limitMs, lateCode: 'ConnectTimeout', giveUp: reject });
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(systemError(error, 'dns'));
      else resolve(addresses.map(({ address }) => address));
    });
  });
}
