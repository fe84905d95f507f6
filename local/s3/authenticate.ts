import type { IncomingMessage } from 'node:http';
import type { SigV4Success } from '../sigv4/sigv4-verdict';
import { verifySigV4 } from '../sigv4/verify';
import type { S3Settings } from './exchange';
import { S3Error } from './s3-error';

/** Every request must be signed: there are no public buckets here. */
export function authenticate(request: IncomingMessage, settings: S3Settings): SigV4Success {
  const { accessKeyId, secretAccessKey } = settings.credentials;
  const { headers } = request;
  const verdict = verifySigV4(
    { method: request.method!, url: request.url!, headers },
    {
      service: 's3',
      region: settings.region,
      nowMs: Date.now(),
      lookupSecret: (id) => (id === accessKeyId ? secretAccessKey : undefined),
    },
  );
  if (!verdict.ok) {
    const code = verdict.code === 'MissingAuthentication' ? 'AccessDenied' : verdict.code;
    throw new S3Error(
      code,
      code === 'AccessDenied' && headers.authorization === undefined ? 'Access Denied' : verdict.message,
      {
        details: verdict.details,
      },
    );
  }
  if (headers.authorization !== undefined && headers['x-amz-content-sha256'] === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  return verdict;
}
