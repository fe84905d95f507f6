import { type Cancellation, Stopped } from './cancellation';
import type { Thread } from './thread';

interface FanOut {
  count: number;
  /** At most this many at once. */
  limit: number;
  run: (index: number, stop: Cancellation) => Promise<void>;
  /** Called once, for the first that fails, after all its siblings have been called off. */
  onFailure: (index: number) => void;
}

/** Runs work side by side, in order of index; the first failure calls off the rest, and none is begun after it. */
export async function fanOut(thread: Thread, { count, limit, run, onFailure }: FanOut): Promise<void> {
  const stop = thread.stop.child();
  let next = 0;
  let failure: { index: number; error: unknown } | null = null;
  const worker = async () => {
    while (next < count && stop.reason === null) {
      const index = next++;
      try {
        await run(index, stop);
      } catch (error) {
        if (failure === null && !(error instanceof Stopped)) failure = { index, error };
        stop.cancel('sibling');
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, limit) }, worker));
  stop.release();
  // Before the failure: where the whole execution was called off, nothing here counts any more.
  thread.stop.check();
  const first = failure as { index: number; error: unknown } | null;
  if (first === null) return;
  onFailure(first.index);
  throw first.error;
}
