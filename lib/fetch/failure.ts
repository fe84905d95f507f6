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

interface Kind {
  code: FailureCode;
  retry: Retry;
}

// A Map: the names come from outside, and an object also answers to `constructor`.
const byName = new Map<string, Kind>(
  Object.entries({
    NoSuchKey: { code: 'NoSuchKey', retry: 'no' },
    NotFound: { code: 'NoSuchKey', retry: 'no' },
    NoSuchBucket: { code: 'NoSuchBucket', retry: 'no' },
    AccessDenied: { code: 'AccessDenied', retry: 'no' },
    PreconditionFailed: { code: 'ObjectChanged', retry: 'no' },
    InvalidObjectState: { code: 'Archived', retry: 'no' },
    PermanentRedirect: { code: 'WrongRegion', retry: 'no' },
    AuthorizationHeaderMalformed: { code: 'WrongRegion', retry: 'no' },
    ExpiredToken: { code: 'ExpiredToken', retry: 'no' },
    RequestTimeTooSkewed: { code: 'ClockSkew', retry: 'no' },
    SlowDown: { code: 'SlowDown', retry: 'throttled' },
    ServiceUnavailable: { code: 'SlowDown', retry: 'throttled' },
    InternalError: { code: 'InternalError', retry: 'transient' },
    RequestTimeout: { code: 'InternalError', retry: 'transient' },
    ECONNREFUSED: { code: 'ConnectionRefused', retry: 'transient' },
    ECONNRESET: { code: 'ConnectionReset', retry: 'transient' },
    EPIPE: { code: 'ConnectionReset', retry: 'transient' },
    ETIMEDOUT: { code: 'ConnectTimeout', retry: 'transient' },
    EHOSTUNREACH: { code: 'Unreachable', retry: 'transient' },
    ENETUNREACH: { code: 'Unreachable', retry: 'transient' },
    ENOTFOUND: { code: 'DnsFailure', retry: 'transient' },
    EAI_AGAIN: { code: 'DnsFailure', retry: 'transient' },
    EPROTO: { code: 'TlsFailure', retry: 'no' },
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: { code: 'TlsFailure', retry: 'no' },
    URIError: { code: 'InvalidKey', retry: 'no' },
  } satisfies Record<string, Kind>),
);

const byStatus: Record<number, Kind> = {
  301: { code: 'WrongRegion', retry: 'no' },
  307: { code: 'WrongRegion', retry: 'no' },
  403: { code: 'AccessDenied', retry: 'no' },
  404: { code: 'NoSuchKey', retry: 'no' },
  412: { code: 'ObjectChanged', retry: 'no' },
  429: { code: 'SlowDown', retry: 'throttled' },
  500: { code: 'InternalError', retry: 'transient' },
  502: { code: 'InternalError', retry: 'transient' },
  503: { code: 'SlowDown', retry: 'throttled' },
  504: { code: 'InternalError', retry: 'transient' },
};

/** Names an error by what S3, the socket or the status says, in this order. */
export function kindOfError(names: readonly (string | undefined)[], status: number | null): Kind {
  for (const name of names) {
    if (name === undefined) continue;
    const known = byName.get(name);
    if (known) return known;
    if (/CERT|TLS|SSL/.test(name)) return { code: 'TlsFailure', retry: 'no' };
  }
  return byStatus[status ?? 0] ?? { code: 'Other', retry: 'no' };
}

/** S3's and our own messages, short enough for a record; the full story is in the request id. */
export const shortMessage = (message: string) => message.slice(0, 500);
