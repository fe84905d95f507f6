import { eitherSignal } from './either-signal';
import type { FetchObjectsOptions, ObjectToFetch } from './fetch-options';
import { Jobs } from './jobs';
import { ObjectWatch } from './object-watch';
import type { FetchRecord } from './record';
import { RetryBudget } from './retry-budget';
import { defaultTimeouts } from './timeouts';

/**
 * Fetches objects, at most `concurrency` requests at once; each ends in one record, in the order of ending.
 * Who stops taking records stops the fetching: requests under way are broken off.
 */
export async function* fetchObjects(
  objects: Iterable<ObjectToFetch> | AsyncIterable<ObjectToFetch>,
  options: FetchObjectsOptions,
): AsyncGenerator<FetchRecord> {
  const stop = new AbortController();
  const signal = eitherSignal(options.signal, stop.signal);
  const ended: FetchRecord[] = [];
  let wake = () => {};
  const watch = new ObjectWatch(options.timeouts.objectMs ?? defaultTimeouts.objectMs, signal);
  const budget = options.budget ?? new RetryBudget();
  const jobs = new Jobs(objects, { ...options, budget, watch });
  const running = new Set<Promise<unknown>>();
  const worker = async () => {
    for (let job = await jobs.next(); job; job = await jobs.next()) {
      if (stop.signal.aborted) return;
      const run = job();
      running.add(run);
      const record = await run.finally(() => running.delete(run));
      if (stop.signal.aborted) return;
      if (record) {
        ended.push(record);
        wake();
      }
    }
  };
  const state = { working: options.concurrency, errors: [] as unknown[] };
  for (let n = 0; n < options.concurrency; n++)
    void worker()
      .catch((error: unknown) => state.errors.push(error))
      .finally(() => {
        state.working--;
        wake();
      });
  try {
    while (state.errors.length === 0 && (state.working > 0 || ended.length > 0)) {
      const record = ended.shift();
      if (record) yield record;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    stop.abort();
    // Not for the workers: one of them may wait for a source that brings nothing more.
    await Promise.allSettled(running);
    watch.close();
    await jobs.close();
  }
  // Only a callback of the caller's can throw: a fetch that fails is a record.
  if (state.errors.length > 0) throw state.errors[0];
}
