/**
 * Wall-clock time that only ever goes forward: read once, then counted by the monotonic clock. Made anew for
 * every invocation, as a frozen sandbox may lose monotonic time.
 */
export interface Clock {
  /** Milliseconds since 1970, with fractions. */
  nowMs(): number;
}

export function startClock(): Clock {
  const wallMs = Date.now();
  const monotonicMs = performance.now();
  return { nowMs: () => wallMs + (performance.now() - monotonicMs) };
}
