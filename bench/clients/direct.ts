import { defaultTimeouts } from '../../lib/fetch/timeouts';
import { directClient } from './direct-client';
import { readEach } from './read-each';
import { runClient } from './run-client';

/** The project's own client alone: one `get` an object, which is what the goals compare. */
void runClient((task) => {
  const client = directClient(task);
  const verify = task.checksum !== 'none';
  const read = async (key: string) => {
    const { failure, bytes, checksumVerified } = await client.get({
      bucket: task.bucket,
      key,
      range: null,
      etag: null,
      expectedBytes: null,
      timeouts: defaultTimeouts,
      signal: undefined,
    });
    if (failure) throw new Error(`${key}: ${failure.code}, ${failure.message}`);
    if (verify && !checksumVerified) throw new Error(`${key}: its checksum was not compared`);
    return bytes;
  };
  return { readAll: () => readEach(task, read), close: () => client.closeConnections() };
});
