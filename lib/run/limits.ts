import { KiB } from './sizes';

/** Hard limits of the services, each with its source; read 2026-11. */
export const limits = {
  /** Inline Map items: 256 KiB of state and 25,000 events bind at about this; we refuse above it by name. */
  inlineMapObjects: 1000,
  /** docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html: "up to 40 concurrent iterations". */
  inlineMapConcurrency: 40,
  /** docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: a Standard execution fails beyond it. */
  historyEvents: 25_000,
  /** Same page: 256 KiB of input or output a state; we stay far below it, retries and wrapping included. */
  stateBytes: 100 * KiB,
  /** docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 1,024 file descriptors a Lambda. */
  requestsInFlight: 256,
  /** docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html: parts of an upload, and so of any sensible cut. */
  partsOfObject: 10_000,
  /** What one Lambda lists, holds and writes in this version; larger plans need the distributed strategy. */
  plannedObjects: 100_000,
} as const;
