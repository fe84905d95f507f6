import { hash } from 'node:crypto';
import { canonicalRequest, type SignedRequest } from './canonical-request';
import { type Claims, readClaims } from './claims';
import { implausible } from './plausible-claims';
import { sameText } from './same-text';
import { signingKey } from './signing-key';
import { failure, type SigV4Verdict } from './sigv4-verdict';

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

/** Says whether a request is signed by a known key with AWS Signature Version 4, in its headers or its query. */
export function verifySigV4(request: SignedRequest, options: VerifyOptions): SigV4Verdict {
  try {
    const { url } = request;
    const question = url.indexOf('?');
    const claims = readClaims(request.headers, question === -1 ? '' : url.slice(question + 1));
    return 'ok' in claims ? claims : verifyClaims(request, claims, options);
  } catch (error) {
    if (error instanceof URIError) return failure('InvalidURI', "Couldn't parse the specified URI.");
    throw error;
  }
}

function verifyClaims(request: SignedRequest, claims: Claims, options: VerifyOptions): SigV4Verdict {
  const { credential, dateTime, signature } = claims;
  const { accessKeyId, scope, signedHeaders } = credential;
  const secret = options.lookupSecret(accessKeyId);
  if (secret === undefined) {
    return failure(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      [['AWSAccessKeyId', accessKeyId]],
    );
  }
  const refused = implausible(request, claims, options);
  if (refused) return refused;

  const payloadHash = signedPayloadHash(request, claims, options);
  const canonical = canonicalRequest(request, options.service, signedHeaders, payloadHash);
  // Header values arrive as latin1: the client signed those bytes, not their UTF-8 form.
  const canonicalHash = hash('sha256', Buffer.from(canonical, 'latin1'), 'hex');
  const stringToSign = `AWS4-HMAC-SHA256\n${dateTime}\n${scope}\n${canonicalHash}`;
  const key = signingKey(secret, scope);
  if (sameText(key.hex(stringToSign), signature)) {
    return { ok: true, accessKeyId, payloadHash, signature, key, dateTime, scope };
  }
  return failure(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    [
      ['AWSAccessKeyId', accessKeyId],
      ['StringToSign', stringToSign],
      ['SignatureProvided', signature],
      ['CanonicalRequest', canonical],
    ],
  );
}

function signedPayloadHash(
  { headers }: SignedRequest,
  { presigned }: Claims,
  options: VerifyOptions,
): string {
  const header = headers['x-amz-content-sha256'];
  const fromHeader = typeof header === 'string' ? header : 'UNSIGNED-PAYLOAD';
  return options.payloadHash ?? presigned?.payloadHash ?? fromHeader;
}
