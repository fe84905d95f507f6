import type { IncomingHttpHeaders } from 'node:http';
import { queryPairs } from './query-pairs';
import { failure, type SigV4Failure } from './sigv4-verdict';

/** What a request says of its own signature, before anything is believed. */
export interface Claims {
  presigned: boolean;
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  dateTime: string;
  expiresSeconds: number | null;
  /** Only a presigned URL carries it here. */
  payloadHash: string | null;
}

const algorithm = 'AWS4-HMAC-SHA256';
const authorizationPattern =
  /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;
const dateTimePattern = /^\d{8}T\d{6}Z$/;

export function readClaims(headers: IncomingHttpHeaders, rawQuery: string): Claims | SigV4Failure {
  if (headers.authorization !== undefined) return fromHeader(headers.authorization, headers);
  if (rawQuery.includes('X-Amz-Signature=')) return fromQuery(new Map(queryPairs(rawQuery)));
  return failure('MissingAuthentication', 'The request carries no signature.');
}

function fromHeader(authorization: string, headers: IncomingHttpHeaders): Claims | SigV4Failure {
  const match = authorizationPattern.exec(authorization.trim());
  const credential = match && splitCredential(match[1]!);
  if (!match || !credential) {
    return failure(
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; expected "${algorithm} Credential=…, SignedHeaders=…, Signature=…".`,
    );
  }
  const dateTime = headers['x-amz-date'] ?? basicIso(headers.date);
  if (typeof dateTime !== 'string' || !dateTimePattern.test(dateTime)) {
    return failure('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  const signedHeaders = match[2]!.split(';');
  const rest = { dateTime, expiresSeconds: null, payloadHash: null };
  return { presigned: false, ...credential, signedHeaders, signature: match[3]!, ...rest };
}

function fromQuery(query: Map<string, string>): Claims | SigV4Failure {
  const credential = splitCredential(query.get('X-Amz-Credential') ?? '');
  const dateTime = query.get('X-Amz-Date') ?? '';
  const expiresSeconds = Number(query.get('X-Amz-Expires') ?? Number.NaN);
  const signedHeaders = query.get('X-Amz-SignedHeaders') ?? '';
  const valid = credential !== null && dateTimePattern.test(dateTime) && signedHeaders !== '';
  // A week at most: docs.aws.amazon.com, "Authenticating Requests: Using Query Parameters", 2026-11.
  const expiryValid = Number.isInteger(expiresSeconds) && expiresSeconds > 0 && expiresSeconds <= 604_800;
  if (!valid || !expiryValid || query.get('X-Amz-Algorithm') !== algorithm) {
    return failure(
      'AuthorizationQueryParametersError',
      'Query-string authentication needs X-Amz-Algorithm, X-Amz-Credential, X-Amz-Date, X-Amz-Expires (1 to 604800), X-Amz-SignedHeaders and X-Amz-Signature.',
    );
  }
  return {
    presigned: true,
    ...credential,
    signedHeaders: signedHeaders.split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    dateTime,
    expiresSeconds,
    payloadHash: query.get('X-Amz-Content-Sha256') ?? null,
  };
}

function splitCredential(credential: string) {
  const parts = credential.split('/');
  const [terminator, service, region, date] = [parts.pop(), parts.pop(), parts.pop(), parts.pop()];
  const accessKeyId = parts.join('/');
  if (terminator !== 'aws4_request' || !service || !region || !/^\d{8}$/.test(date ?? '') || !accessKeyId)
    return null;
  return { accessKeyId, date: date!, region, service };
}

function basicIso(httpDate: string | undefined): string | undefined {
  const timeMs = Date.parse(httpDate ?? '');
  if (Number.isNaN(timeMs)) return undefined;
  return `${new Date(timeMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
