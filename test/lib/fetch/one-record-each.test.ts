import * as fc from 'fast-check';
import { halfThen, type Manner, objectReply, properly, withHeaders } from './faulty-answers';
import { reset, s3Error } from './replies';
import { type Reply, startScriptedServer } from './scripted-server';
import { clientNames, clientTo, fetchWith } from './two-clients';

const longest = 5_000;
const source = Buffer.from(Uint8Array.from({ length: longest }, (_, at) => (at * 31 + (at >> 8)) & 0xff));

const manners: Manner[] = [
  properly,
  halfThen((socket) => void socket.end()),
  withHeaders({ etag: '"other"' }),
  withHeaders({ 'content-length': 1 }),
];
const faults: Reply[] = [
  reset,
  s3Error(500, 'InternalError'),
  s3Error(503, 'SlowDown'),
  s3Error(403, 'AccessDenied'),
];

/** What happens to the n-th request: mostly nothing. */
const fate = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: manners.length + faults.length - 1 }) },
);
const runs = fc.record({
  sizes: fc.array(fc.integer({ min: 0, max: longest }), { maxLength: 12 }),
  known: fc.boolean(),
  partSizeBytes: fc.option(fc.integer({ min: 400, max: longest })),
  verifyRanges: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 10 }),
  fates: fc.infiniteStream(fate).map((stream) => () => stream.next().value as number),
});

test.each(clientNames)('%s: whatever happens, each object has one record, and it is true', async (name) => {
  await fc.assert(
    fc.asyncProperty(runs, async ({ sizes, known, fates, ...settings }) => {
      const server = await startScriptedServer((request) => {
        const object = source.subarray(0, sizes[Number(/key-(\d+)/.exec(request.line)![1])]);
        const n = fates();
        return n < manners.length ? objectReply(object, manners[n]) : faults[n - manners.length]!;
      });
      const received = sizes.map((size) => Buffer.alloc(size));
      const objects = sizes.map((size, index) => ({
        index,
        key: `key-${index}`,
        sizeBytes: known ? size : null,
        etag: known ? '"0123456789abcdef"' : null,
      }));
      const records = await fetchWith(clientTo(name, server.url, { maxSockets: 10 }), objects, {
        ...settings,
        onBody: ({ index }, chunk, offset) => received[index]!.set(chunk, offset),
      });
      expect(records.map(({ index }) => index).sort((a, b) => a - b)).toEqual(sizes.map((_, index) => index));
      expect(records.reduce((sum, { attempts }) => sum + attempts.length, 0)).toBe(server.seen.length);
      for (const { index, outcome, bytes, failure, integrity } of records) {
        expect(outcome).toBe(failure ? 'failed' : 'fetched');
        expect(integrity === 'none').toBe(failure !== null);
        if (failure) continue;
        expect(bytes).toBe(sizes[index]);
        expect(received[index]!.equals(source.subarray(0, bytes))).toBe(true);
      }
      await server.allClosed();
      await server.close();
    }),
    { numRuns: 25 },
  );
});
