/** The phases of an attempt, in order; they sum to the attempt's total. */
export const phaseNames = ['queue', 'dns', 'tcp', 'tls', 'send', 'firstByte', 'body'] as const;
export type PhaseName = (typeof phaseNames)[number];

/** Milliseconds spent in each phase; `null` where the phase did not happen or could not be seen. */
export type PhasesMs = Record<PhaseName, number | null>;

/** One HTTP request for an object or for a part of it. */
export interface Attempt {
  /** 1 for the first request of its part, 2 for the first retry, … */
  n: number;
  /** `bytes=FROM-TO` as it was sent, or null where the whole object was asked for. */
  range: string | null;
  /** Remote IP address, null where no connection was made. */
  address: string | null;
  /** True when the request went out on a connection that had served another one. */
  reused: boolean;
  status: number | null;
  requestId: string | null;
  /** Milliseconds from the start of the object's record to the start of this attempt. */
  offsetMs: number;
  /** It asked for the object's size and checksum only; left out for a GET. */
  method?: 'HEAD';
  /** The wait before this attempt, after the one before had failed; within the time before `offsetMs`. */
  backoffMs?: number;
  /** Before the first phase: how long credentials had to be waited for. */
  preparedMs?: number;
  /** Asked because the attempt before it was slow, and beside it. */
  hedge?: true;
  /** Addresses tried for a new connection, one after the other. */
  addresses?: { address: string; outcome: string; ms: number }[];
  /** The bucket's region, where the answer named another one than was asked. */
  redirectedTo?: string;
  durationMs: number;
  phasesMs: PhasesMs;
  bytes: number;
  error: { code: string; message: string } | null;
}

export type Integrity = 'crc' | 'etag' | 'length' | 'none';

export interface Failure {
  /** From the closed list in failure.ts. */
  code: string;
  phase: PhaseName | null;
  message: string;
}

/** What became of one object in one trial: one line of the run folder's `records/`. */
export interface FetchRecord {
  version: 1;
  /** `<variant>#<number>`; warm-ups are `#w1`, `#w2`, … */
  trial: string;
  index: number;
  key: string;
  /** Null where it is not known: the object could not be looked up. */
  sizeBytes: number | null;
  outcome: 'fetched' | 'failed';
  /** Body bytes read, over all attempts that counted. */
  bytes: number;
  /** Wall clock at the object's start: milliseconds since 1970, with fractions. */
  startMs: number;
  /** Monotonic: from the object's start to its last byte. */
  durationMs: number;
  attempts: Attempt[];
  integrity: Integrity;
  coldStart: boolean;
  /** The Lambda execution environment that fetched it (its log stream). */
  sandbox: string;
  failure: Failure | null;
}
