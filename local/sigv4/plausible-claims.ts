import type { Claims } from './claims';
import type { SignedRequest } from './canonical-request';
import { failure, type SigV4Failure } from './sigv4-verdict';

// docs.aws.amazon.com, "Signing and authenticating REST requests", read 2026-11: 15 minutes either way.
const maxSkewMs = 900_000;

/** The reason to refuse a request before its signature is computed, or null: scope, time and what must be signed. */
export function implausible(
  request: SignedRequest,
  claims: Claims,
  expected: { service: string; region: string; nowMs: number },
): SigV4Failure | null {
  return (
    wrongScope(claims, expected.region, expected.service) ??
    wrongTime(claims, expected.nowMs) ??
    unsignedHeader(request, claims.credential.signedHeaders, expected.service)
  );
}

function wrongScope(
  { credential, presigned, dateTime }: Claims,
  region: string,
  service: string,
): SigV4Failure | null {
  const code = presigned ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed';
  if (credential.region !== region) {
    const message = `The authorization is malformed; the region '${credential.region}' is wrong; expecting '${region}'`;
    return failure(code, message, [['Region', region]]);
  }
  if (credential.service !== service) {
    return failure(code, `The service '${credential.service}' is wrong; expecting '${service}'`);
  }
  if (!dateTime.startsWith(credential.date)) {
    return failure(code, `The credential date '${credential.date}' is not the day of '${dateTime}'`);
  }
  return null;
}

function wrongTime({ dateTime, presigned }: Claims, nowMs: number): SigV4Failure | null {
  const signedMs = parseDateTime(dateTime);
  if (presigned && nowMs > signedMs + presigned.expiresSeconds * 1_000) {
    return failure('AccessDenied', 'Request has expired', [['ServerTime', new Date(nowMs).toISOString()]]);
  }
  const skewMs = presigned ? signedMs - nowMs : Math.abs(nowMs - signedMs);
  // Written so that a date that is no date (NaN) is refused too.
  if (skewMs <= maxSkewMs) return null;
  return failure(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    [
      ['RequestTime', dateTime],
      ['ServerTime', new Date(nowMs).toISOString()],
      ['MaxAllowedSkewMilliseconds', String(maxSkewMs)],
    ],
  );
}

function unsignedHeader(
  { headers }: SignedRequest,
  signedHeaders: string[],
  service: string,
): SigV4Failure | null {
  if (!signedHeaders.includes('host')) return failure('AccessDenied', 'The host header must be signed');
  // Only S3 insists: elsewhere SDKs leave some of theirs unsigned.
  if (service !== 's3') return null;
  for (const name in headers) {
    if (name.startsWith('x-amz-') && !signedHeaders.includes(name)) {
      const message = 'There were headers present in the request which were not signed';
      return failure('AccessDenied', message, [['HeadersNotSigned', name]]);
    }
  }
  return null;
}

/** By its digits: a Date from text costs more than the hashing does. */
function parseDateTime(text: string): number {
  return Date.UTC(
    digits(text, 0, 4),
    digits(text, 4, 6) - 1,
    digits(text, 6, 8),
    digits(text, 9, 11),
    digits(text, 11, 13),
    digits(text, 13, 15),
  );
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + text.charCodeAt(i) - 48;
  return value;
}
