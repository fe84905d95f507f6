/** Milliseconds, cut to what the clock can tell: a record has no use for seventeen digits. */
export const microseconds = (ms: number) => Math.round(ms * 1000) / 1000;
