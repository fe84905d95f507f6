import type { IncomingMessage } from 'node:http';
import type { SigV4Failure, SigV4Success } from '../sigv4/sigv4-verdict';
import { verifySigV4 } from '../sigv4/verify';
import type { S3Settings } from './exchange';
import { S3Error } from './s3-error';

/** Every request must be signed: there are no public buckets here. */
export function authenticate(request: IncomingMessage, settings: S3Settings): SigV4Success {
  const { method, url, headers } = request;
  const { region, lookupSecret } = settings;
  const verdict = verifySigV4(
    { method: method!, url: url!, headers },
    { service: 's3', region, nowMs: Date.now(), lookupSecret },
  );
  if (!verdict.ok) throw refusal(verdict);
  if (headers.authorization !== undefined && headers['x-amz-content-sha256'] === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  return verdict;
}

function refusal({ code, message, details }: SigV4Failure): S3Error {
  // S3 tells the anonymous no more than that.
  if (code === 'MissingAuthentication') return new S3Error('AccessDenied');
  return new S3Error(code, message, { details });
}
