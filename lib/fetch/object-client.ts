import type { CrcAlgorithm } from './checksum/crc-polynomials';
import type { ChecksumAlgorithm } from './checksum/create-checksum';
import type { AttemptFailure, FailureCode } from './failure';
import type { PhasesMs } from './record';
import type { Timeouts } from './timeouts';

/** First and last byte, both included. `to` is null where the object's end is not known. */
export interface ByteRange {
  from: number;
  to: number | null;
}

/** One HTTP request to make. */
export interface GetRequest {
  /** HEAD asks for size, ETag and checksum only. @default GET */
  method?: 'GET' | 'HEAD';
  bucket: string;
  key: string;
  /** Null asks for the whole object. */
  range: ByteRange | null;
  /** Sent as If-Match, so that no bytes of two versions are mixed. */
  etag: string | null;
  /** How many bytes the answer must have, null where that is not known. */
  expectedBytes: number | null;
  timeouts: Timeouts;
  signal: AbortSignal | undefined;
  /** Compute this over the bytes that come, and tell it: for ranges, whose CRCs add up to the whole object's. */
  checksum?: CrcAlgorithm | undefined;
  /** Use a connection that has served nothing yet, to an address that did not just fail. @default false */
  fresh?: boolean;
  /**
   * Given the body as it arrives; `direct` client only. The bytes lie in a buffer that is read into again:
   * they are gone when the call returns. They begin at `range.from`.
   */
  onBody?: ((chunk: Uint8Array) => void) | undefined;
}

/** An address that was tried for a new connection. */
export interface TriedAddress {
  address: string;
  outcome: 'connected' | FailureCode;
  ms: number;
}

/** As S3 keeps it: of the whole object's bytes, in base64. */
export interface GivenChecksum {
  algorithm: ChecksumAlgorithm;
  value: string;
}

export interface ComputedCrc {
  algorithm: CrcAlgorithm;
  value: bigint;
}

/** What became of it: every response is read to its end or destroyed, and nothing is thrown. */
export interface GetOutcome {
  status: number | null;
  requestId: string | null;
  address: string | null;
  reused: boolean;
  etag: string | null;
  phasesMs: PhasesMs;
  durationMs: number;
  /** Body bytes that arrived. */
  bytes: number;
  /** A checksum of the whole object was compared. */
  checksumVerified: boolean;
  failure: AttemptFailure | null;
  /** Of the whole object, as the answer to HEAD tells it. */
  sizeBytes?: number;
  /** The checksum of the whole object that the answer names. */
  given?: GivenChecksum | undefined;
  /** Over the bytes of this answer, where they were asked for or the answer named a CRC. */
  crc?: ComputedCrc | undefined;
  /** Before the first phase, not in `durationMs`: how long credentials had to be waited for. */
  preparedMs?: number;
  /** Tried one after the other for a new connection, the last one included; `direct` client only. */
  addresses?: TriedAddress[];
  /** The bucket's region, where this answer named another one than was asked; a retry asks there. */
  redirectedTo?: string;
}

/** A way of making HTTP requests to S3. Both kinds answer alike and can be raced. */
export interface ObjectClient {
  get(request: GetRequest): Promise<GetOutcome>;
  /** Closes every connection; the next request makes a new one. */
  closeConnections(): void;
}

/** The range as it stands in the Range header and in the record; null for the whole object. */
export function rangeHeader(range: ByteRange | null): string | null {
  return range && `bytes=${range.from}-${range.to ?? ''}`;
}
