/** Time and chance as the interpreter sees them, so that a test can hold both. */
export interface Clock {
  nowMs(): number;
  /** Calls `fire` after `delayMs`; the answer calls it off. */
  after(delayMs: number, fire: () => void): () => void;
  /** From 0 up to, but without, 1. */
  random(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after: startTimer,
  random: () => Math.random(),
};

/** A longer delay would fire at once (Node.js, setTimeout); TimeoutSeconds may be 99,999,999. */
const longestTimerMs = 2 ** 31 - 1;

function startTimer(delayMs: number, fire: () => void): () => void {
  const endMs = performance.now() + delayMs;
  let timer: NodeJS.Timeout;
  const arm = (leftMs: number) => {
    timer =
      leftMs <= longestTimerMs
        ? setTimeout(fire, leftMs)
        : setTimeout(() => arm(endMs - performance.now()), longestTimerMs);
  };
  arm(delayMs);
  return () => clearTimeout(timer);
}
