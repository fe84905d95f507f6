import type { PhaseName } from './record';

/** Why a fetch failed: the closed list. */
export const failureCodes = [
  'NoSuchKey',
  'NoSuchBucket',
  'AccessDenied',
  'NotAllowed',
  'InvalidKey',
  'ObjectChanged',
  'Archived',
  'WrongRegion',
  'ExpiredToken',
  'ClockSkew',
  'RangeIgnored',
  'ContentRangeMismatch',
  'ShortBody',
  'LongBody',
  'ChecksumMismatch',
  'SlowDown',
  'InternalError',
  'ConnectTimeout',
  'FirstByteTimeout',
  'BodyStall',
  'ConnectionRefused',
  'ConnectionReset',
  'Unreachable',
  'DnsFailure',
  'TlsFailure',
  'ObjectTimeout',
  'DeadlineExceeded',
  'HedgeLost',
  'Aborted',
  'NoRecord',
  'Other',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** Whether trying again can help: not at all, soon, or only after the server has had a rest. */
export type Retry = 'no' | 'transient' | 'throttled';

/** What went wrong in one attempt. */
export interface AttemptFailure {
  code: FailureCode;
  phase: PhaseName | null;
  message: string;
  retry: Retry;
}

/** By what S3 or the system calls it, or by its status, and whether trying again can help. */
const namesOf: Record<Retry, Partial<Record<FailureCode, string>>> = {
  no: {
    NoSuchKey: 'NoSuchKey NotFound 404',
    NoSuchBucket: 'NoSuchBucket',
    AccessDenied: 'AccessDenied 403',
    ObjectChanged: 'PreconditionFailed 412',
    Archived: 'InvalidObjectState',
    WrongRegion: 'PermanentRedirect AuthorizationHeaderMalformed 301 307',
    ExpiredToken: 'ExpiredToken',
    ClockSkew: 'RequestTimeTooSkewed',
    TlsFailure: 'EPROTO UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    InvalidKey: 'URIError',
  },
  throttled: { SlowDown: 'SlowDown ServiceUnavailable 429 503' },
  transient: {
    InternalError: 'InternalError RequestTimeout 500 502 504',
    ConnectionRefused: 'ECONNREFUSED',
    ConnectionReset: 'ECONNRESET EPIPE',
    ConnectTimeout: 'ETIMEDOUT',
    Unreachable: 'EHOSTUNREACH ENETUNREACH',
    DnsFailure: 'ENOTFOUND EAI_AGAIN',
  },
};

type Kind = Pick<AttemptFailure, 'code' | 'retry'>;

// A Map: the names come from outside, and an object also answers to `constructor`.
const byName = new Map<string, Kind>();
for (const [retry, codes] of Object.entries(namesOf))
  for (const [code, names] of Object.entries(codes))
    for (const name of names.split(' ')) byName.set(name, { code, retry } as Kind);

/** Names an error by what S3, the socket or the status says, in this order. */
export function kindOfError(names: readonly (string | undefined)[], status: number | null): Kind {
  for (const name of [...names, String(status)]) {
    if (name === undefined) continue;
    const known = byName.get(name);
    if (known) return known;
    if (/CERT|TLS|SSL/.test(name)) return { code: 'TlsFailure', retry: 'no' };
  }
  return { code: 'Other', retry: 'no' };
}

/** A failure that trying again cannot help, unless it is said that it can. */
export const failed = (
  code: FailureCode,
  phase: PhaseName | null,
  message: string,
  retry: Retry = 'no',
): AttemptFailure => ({ code, phase, message, retry });

/** S3's and our own messages, short enough for a record; the full story is in the request id. */
export const shortMessage = (message: string) => message.slice(0, 500);
