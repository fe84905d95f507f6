import { createDirectClient, type DirectClientOptions } from '../../../../lib/fetch/direct/direct-client';
import type { GetOutcome, GetRequest, ObjectClient } from '../../../../lib/fetch/object-client';

export const credentials = { accessKeyId: 'AKID', secretAccessKey: 'SECRET' };

export const directTo = (endpoint: string, change: Partial<DirectClientOptions> = {}): ObjectClient =>
  createDirectClient({
    endpoint,
    region: 'us-east-1',
    credentials: () => Promise.resolve(credentials),
    maxSockets: 4,
    verifyChecksum: true,
    ...change,
  });

export const requestOf = (change: Partial<GetRequest> = {}): GetRequest => ({
  bucket: 'lake',
  key: 'a.pq',
  range: null,
  etag: null,
  expectedBytes: null,
  timeouts: { connectMs: 300, firstByteMs: 200, stallMs: 150 },
  signal: undefined,
  ...change,
});

/** What every outcome must hold to: the phases are the whole time, and none is negative. */
export function sumOfPhases({ phasesMs }: GetOutcome): number {
  const spent = Object.values(phasesMs).filter((ms) => ms !== null);
  expect(Math.min(0, ...spent)).toBe(0);
  return spent.reduce((sum, ms) => sum + ms, 0);
}
