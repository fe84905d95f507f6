/** Has a moment by which something must have happened, and perhaps a signal that ends it at any moment. */
export interface Watched {
  /** By `performance.now()`; Infinity where nothing is due. */
  dueMs: number;
  readonly signal: AbortSignal | undefined;
  /** Where it stands in the watchdog's list. */
  place: number;
  onDue(): void;
  onAbort(): void;
}

export interface Watchdog {
  add(watched: Watched): void;
  remove(watched: Watched): void;
}

/** How late a deadline may be noticed: a hundredth of the shortest that is of use. */
const tickMs = 10;

/** One timer for all deadlines of a client, as a timer a request would cost more than the request's parsing. */
export function createWatchdog(): Watchdog {
  // No Set: one that is added to and taken from all the time leaves a chain of old tables, which keep what
  // they held until the next full garbage collection.
  const all: Watched[] = [];
  const listeners = new Map<AbortSignal, { count: number; listener: () => void }>();
  let timer: NodeJS.Timeout | null = null;

  // One listener on a signal however many requests it ends, and none when they have ended.
  const listen = (signal: AbortSignal) => {
    const known = listeners.get(signal);
    if (known) {
      known.count++;
      return;
    }
    const listener = () => all.filter((each) => each.signal === signal).forEach((each) => each.onAbort());
    signal.addEventListener('abort', listener);
    listeners.set(signal, { count: 1, listener });
  };
  const unlisten = (signal: AbortSignal) => {
    const known = listeners.get(signal);
    if (!known || --known.count > 0) return;
    signal.removeEventListener('abort', known.listener);
    listeners.delete(signal);
  };
  const isDue = ({ dueMs }: Watched) => dueMs <= performance.now();
  const tick = () => {
    if (all.length === 0) {
      clearInterval(timer!);
      timer = null;
    } else if (all.some(isDue))
      // After the sockets had their turn: where this process was late, what came in meanwhile counts.
      setImmediate(() => all.filter(isDue).forEach((each) => each.onDue()));
  };

  return {
    add(watched) {
      watched.place = all.push(watched) - 1;
      if (timer) timer.ref();
      else timer = setInterval(tick, tickMs);
      if (watched.signal) listen(watched.signal);
    },
    remove(watched) {
      const last = all.pop()!;
      if (last !== watched) {
        last.place = watched.place;
        all[last.place] = last;
      }
      if (watched.signal) unlisten(watched.signal);
      // The timer goes on for a tick, as the next request often follows at once, but holds no process back.
      if (all.length === 0) timer?.unref();
    },
  };
}
