import { createHmac, hash, timingSafeEqual, type KeyObject } from 'node:crypto';
import { canonicalRequest, type SignedRequest } from './canonical-request';
import { type Claims, readClaims } from './claims';
import { signingKey } from './signing-key';
import { failure, type SigV4Failure, type SigV4Verdict } from './sigv4-verdict';

export interface VerifyOptions {
  /** `s3`, `states`, `lambda`, `execute-api` */
  service: string;
  region: string;
  nowMs: number;
  /** The secret of an access key, undefined where the key is unknown. */
  lookupSecret: (accessKeyId: string) => string | undefined;
  /** SHA-256 of the body in hex; where it is left out (S3), the x-amz-content-sha256 that was signed counts. */
  payloadHash?: string;
}

// docs.aws.amazon.com, "Signing and authenticating REST requests": 15 minutes either way.
const maxSkewMs = 900_000;

/** Says whether a request is signed by a known key with AWS Signature Version 4, in its headers or its query. */
export function verifySigV4(request: SignedRequest, options: VerifyOptions): SigV4Verdict {
  try {
    const claims = readClaims(request.headers, queryOf(request.url));
    return 'ok' in claims ? claims : verifyClaims(request, claims, options);
  } catch (error) {
    if (error instanceof URIError) return failure('InvalidURI', "Couldn't parse the specified URI.");
    throw error;
  }
}

function verifyClaims(request: SignedRequest, claims: Claims, options: VerifyOptions): SigV4Verdict {
  const secret = options.lookupSecret(claims.accessKeyId);
  if (secret === undefined) {
    return failure(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      [['AWSAccessKeyId', claims.accessKeyId]],
    );
  }
  const refused =
    wrongScope(claims, options) ??
    wrongTime(claims, options.nowMs) ??
    unsignedHeader(request, claims, options.service);
  if (refused) return refused;

  const signed = request.headers['x-amz-content-sha256'];
  const payloadHash =
    options.payloadHash ??
    claims.payloadHash ??
    (typeof signed === 'string' ? signed : undefined) ??
    'UNSIGNED-PAYLOAD';
  const canonical = canonicalRequest(request, options.service, claims.signedHeaders, payloadHash);
  const scope = `${claims.date}/${claims.region}/${claims.service}/aws4_request`;
  const stringToSign = `AWS4-HMAC-SHA256\n${claims.dateTime}\n${scope}\n${sha256(canonical)}`;
  const key = signingKey(secret, claims.date, claims.region, claims.service);
  if (!signatureMatches(key, stringToSign, claims.signature)) {
    return failure(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      [
        ['AWSAccessKeyId', claims.accessKeyId],
        ['StringToSign', stringToSign],
        ['SignatureProvided', claims.signature],
        ['CanonicalRequest', canonical],
      ],
    );
  }
  const { accessKeyId, dateTime, signature } = claims;
  return { ok: true, accessKeyId, payloadHash, signature, key, dateTime, scope };
}

function wrongScope(claims: Claims, options: VerifyOptions): SigV4Failure | null {
  const code = claims.presigned ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed';
  if (claims.region !== options.region) {
    const message = `The authorization is malformed; the region '${claims.region}' is wrong; expecting '${options.region}'`;
    return failure(code, message, [['Region', options.region]]);
  }
  if (claims.service !== options.service) {
    return failure(code, `The service '${claims.service}' is wrong; expecting '${options.service}'`);
  }
  if (!claims.dateTime.startsWith(claims.date)) {
    return failure(code, `The credential date '${claims.date}' is not the day of '${claims.dateTime}'`);
  }
  return null;
}

function wrongTime(claims: Claims, nowMs: number): SigV4Failure | null {
  const signedMs = parseDateTime(claims.dateTime);
  if (claims.expiresSeconds !== null && nowMs > signedMs + claims.expiresSeconds * 1_000) {
    return failure('AccessDenied', 'Request has expired', [['ServerTime', new Date(nowMs).toISOString()]]);
  }
  const skewMs = claims.expiresSeconds === null ? Math.abs(nowMs - signedMs) : signedMs - nowMs;
  // Written so that a date that is no date (NaN) is refused too.
  if (skewMs <= maxSkewMs) return null;
  return failure(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    [
      ['RequestTime', claims.dateTime],
      ['ServerTime', new Date(nowMs).toISOString()],
      ['MaxAllowedSkewMilliseconds', String(maxSkewMs)],
    ],
  );
}

function unsignedHeader(request: SignedRequest, claims: Claims, service: string): SigV4Failure | null {
  if (!claims.signedHeaders.includes('host'))
    return failure('AccessDenied', 'The host header must be signed');
  if (service !== 's3') return null;
  for (const name in request.headers) {
    if (name.startsWith('x-amz-') && !claims.signedHeaders.includes(name)) {
      const message = 'There were headers present in the request which were not signed';
      return failure('AccessDenied', message, [['HeadersNotSigned', name]]);
    }
  }
  return null;
}

function signatureMatches(key: KeyObject, stringToSign: string, signature: string): boolean {
  const expected = createHmac('sha256', key).update(stringToSign).digest('hex');
  return (
    signature.length === expected.length &&
    timingSafeEqual(Buffer.from(expected), Buffer.from(signature, 'latin1'))
  );
}

// Header values arrive as latin1: the client signed those bytes, not their UTF-8 form.
const sha256 = (text: string) => hash('sha256', Buffer.from(text, 'latin1'), 'hex');

const queryOf = (url: string) => (url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');

function parseDateTime(text: string): number {
  const part = (from: number, to: number) => Number(text.slice(from, to));
  return Date.UTC(part(0, 4), part(4, 6) - 1, part(6, 8), part(9, 11), part(11, 13), part(13, 15));
}
