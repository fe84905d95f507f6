/** Aborted as soon as one of the two is. */
export const eitherSignal = (outer: AbortSignal | undefined, own: AbortSignal): AbortSignal =>
  outer ? AbortSignal.any([outer, own]) : own;
