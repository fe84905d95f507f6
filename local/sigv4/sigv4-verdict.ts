import type { HmacSha256 } from './hmac-sha256';

export type SigV4ErrorCode =
  | 'AccessDenied'
  | 'MissingAuthentication'
  | 'InvalidAccessKeyId'
  | 'SignatureDoesNotMatch'
  | 'RequestTimeTooSkewed'
  | 'AuthorizationHeaderMalformed'
  | 'AuthorizationQueryParametersError'
  | 'InvalidURI';

export interface SigV4Failure {
  ok: false;
  code: SigV4ErrorCode;
  message: string;
  /** What the client needs to find its mistake; never the secret. */
  details: [name: string, value: string][];
}

/** A request whose signature is right, with what the signatures of its body's chunks start from. */
export interface SigV4Success {
  ok: true;
  accessKeyId: string;
  /** What the client signed for the body: a SHA-256 in hex, or one of the `UNSIGNED-`/`STREAMING-` words. */
  payloadHash: string;
  signature: string;
  key: HmacSha256;
  dateTime: string;
  scope: string;
}

export type SigV4Verdict = SigV4Success | SigV4Failure;

export function failure(
  code: SigV4ErrorCode,
  message: string,
  details: [name: string, value: string][] = [],
): SigV4Failure {
  return { ok: false, code, message, details };
}
