import type { IncomingHttpHeaders } from 'node:http';
import { type Credential, credentialInHeader, readCredential } from './credential';
import { queryPairs } from './query-pairs';
import { failure, type SigV4Failure } from './sigv4-verdict';

/** What a request says of its own signature, before anything is believed. */
export interface Claims {
  credential: Credential;
  signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  dateTime: string;
  /** Only a presigned URL has an end, and may carry what was signed of the body. */
  presigned: { expiresSeconds: number; payloadHash: string | null } | null;
}

const algorithm = 'AWS4-HMAC-SHA256';
const dateTimePattern = /^\d{8}T\d{6}Z$/;
// docs.aws.amazon.com, "Authenticating Requests: Using Query Parameters", read 2026-11: a week.
const maxExpiresSeconds = 604_800;

export function readClaims(headers: IncomingHttpHeaders, rawQuery: string): Claims | SigV4Failure {
  if (headers.authorization !== undefined) return fromHeader(headers.authorization, headers);
  if (rawQuery.includes('X-Amz-Signature=')) return fromQuery(new Map(queryPairs(rawQuery)));
  return failure('MissingAuthentication', 'The request carries no signature.');
}

function fromHeader(authorization: string, headers: IncomingHttpHeaders): Claims | SigV4Failure {
  const signatureAt = authorization.lastIndexOf('Signature=');
  const credential = signatureAt === -1 ? null : credentialInHeader(authorization.slice(0, signatureAt));
  if (!credential) {
    return failure(
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; expected "${algorithm} Credential=…, SignedHeaders=…, Signature=…".`,
    );
  }
  const dateTime = headers['x-amz-date'] ?? basicIso(headers.date);
  if (typeof dateTime !== 'string' || !dateTimePattern.test(dateTime)) {
    return failure('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  const signature = authorization.slice(signatureAt + 'Signature='.length);
  return { credential, signature, dateTime, presigned: null };
}

function fromQuery(query: Map<string, string>): Claims | SigV4Failure {
  const credential = readCredential(
    query.get('X-Amz-Credential') ?? '',
    query.get('X-Amz-SignedHeaders') ?? '',
  );
  const dateTime = query.get('X-Amz-Date') ?? '';
  const expiresSeconds = Number(query.get('X-Amz-Expires') ?? Number.NaN);
  const expires =
    Number.isInteger(expiresSeconds) && expiresSeconds > 0 && expiresSeconds <= maxExpiresSeconds;
  const wellFormed = expires && dateTimePattern.test(dateTime) && query.get('X-Amz-Algorithm') === algorithm;
  if (!credential || !wellFormed) {
    return failure(
      'AuthorizationQueryParametersError',
      'Query-string authentication needs X-Amz-Algorithm, X-Amz-Credential, X-Amz-Date, X-Amz-Expires (1 to 604800), X-Amz-SignedHeaders and X-Amz-Signature.',
    );
  }
  const payloadHash = query.get('X-Amz-Content-Sha256') ?? null;
  const signature = query.get('X-Amz-Signature') ?? '';
  return { credential, signature, dateTime, presigned: { expiresSeconds, payloadHash } };
}

function basicIso(httpDate: string | undefined): string | undefined {
  const timeMs = Date.parse(httpDate ?? '');
  if (Number.isNaN(timeMs)) return undefined;
  return `${new Date(timeMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
