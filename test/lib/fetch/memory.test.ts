import { objectReply } from './faulty-answers';
import { objectOf } from './fetch-from';
import { startScriptedServer } from './scripted-server';
import { clientNames, clientTo, fetchWith } from './two-clients';

const MiB = 2 ** 20;
const body = Buffer.alloc(8 * MiB, 'x');
const objects = Array.from({ length: 64 }, (_, index) => objectOf(body, index));

test.each(clientNames)('%s: bodies are not piled up', async (name) => {
  const server = await startScriptedServer([objectReply(body)]);
  const before = process.memoryUsage.rss();
  let peak = before;
  const records = await fetchWith(clientTo(name, server.url), objects, {
    concurrency: 8,
    partSizeBytes: null,
    onEnd: () => {
      peak = Math.max(peak, process.memoryUsage.rss());
    },
  });
  expect(records.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(64 * body.length);
  // Half of what was fetched would be too much by far; the SDK's chunks wait for the garbage collector.
  expect((peak - before) / MiB).toBeLessThan(256);
  await server.close();
});
