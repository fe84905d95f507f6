/** How long each phase of an attempt may take, in milliseconds. Nothing waits for ever. */
export interface Timeouts {
  /** From the attempt's start to a connection that is ready, TLS included. */
  connectMs: number;
  /** From the request's last byte to the response's first. */
  firstByteMs: number;
  /** How long the body may bring less than `stallBytes` (or nothing, at its end). */
  stallMs: number;
  /** The whole object, retries and the waits between them included. @default 900000 */
  objectMs?: number;
}

/**
 * connect: S3 answers a SYN within milliseconds in a region, 2 s lets one lost SYN be sent again.
 * first byte: AWS advises to retry small GETs after 2 s, then 4 s; 5 s leaves room for cold objects
 * (docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-guidelines.html).
 * object: no Lambda lives longer than 15 minutes.
 */
export const defaultTimeouts: Required<Timeouts> = {
  connectMs: 2_000,
  firstByteMs: 5_000,
  stallMs: 5_000,
  objectMs: 900_000,
};

/** Less than this in `stallMs` is a stall: 64 KiB in 5 s is a thousandth of what one connection gives. */
export const stallBytes = 64 * 1024;
