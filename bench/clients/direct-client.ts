import { readFileSync } from 'node:fs';
import { createDirectClient } from '../../lib/fetch/direct/direct-client';
import type { ObjectClient } from '../../lib/fetch/object-client';
import type { ClientTask } from '../race/client-task';

/** The project's own client as the bench uses it. */
export function directClient(task: ClientTask): ObjectClient {
  return createDirectClient({
    endpoint: task.endpoint,
    region: task.region,
    credentials: () => Promise.resolve(task.credentials),
    maxSockets: task.concurrency,
    verifyChecksum: task.checksum !== 'none',
    ...(task.caFile === null ? {} : { ca: readFileSync(task.caFile) }),
  });
}
