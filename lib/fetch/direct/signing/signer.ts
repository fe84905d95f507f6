import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { Method } from '../http/response-parser';
import type { Credentials } from './credentials';

/** What of a request is signed, beside the moment. */
export interface RequestToSign {
  method: Method;
  /** As it stands in the Host header. */
  host: string;
  /** As it stands in the request line. */
  path: string;
  /** `x-amz-checksum-mode: ENABLED` is sent. */
  checksumMode: boolean;
}

/**
 * Signature Version 4 for S3 reads: no query, no payload (`UNSIGNED-PAYLOAD`), only the headers that S3 wants
 * signed. The key is derived once a day, the time is written once a second.
 */
export interface Signer {
  readonly credentials: Credentials;
  /** The header lines to add, each ended by CRLF. */
  sign(request: RequestToSign, nowMs: number): string;
}

export function createSigner(credentials: Credentials, region: string): Signer {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = credentials;
  if (!/^[\x21-\x7e]+$/.test(accessKeyId) || !/^[\x21-\x7e]*$/.test(sessionToken))
    throw new TypeError('the access key id or the session token cannot be sent in a header');
  const token = sessionToken && `x-amz-security-token:${sessionToken}\n`;
  const tokenName = sessionToken && ';x-amz-security-token';
  let second = -1;
  let time = '';
  let day = '';
  let scope = '';
  let key: KeyObject;

  const setTime = (nowMs: number) => {
    const nowSecond = Math.floor(nowMs / 1000);
    if (nowSecond === second) return;
    second = nowSecond;
    time = new Date(nowMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
    if (time.slice(0, 8) === day) return;
    day = time.slice(0, 8);
    const parts = [day, region, 's3', 'aws4_request'];
    scope = parts.join('/');
    key = derivedKey(secretAccessKey, parts);
  };

  return {
    credentials,
    sign({ method, host, path, checksumMode }, nowMs) {
      setTime(nowMs);
      const mode = checksumMode ? 'x-amz-checksum-mode:ENABLED\n' : '';
      const amz = `${mode}x-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:${time}\n${token}`;
      const names = `host;${checksumMode ? 'x-amz-checksum-mode;' : ''}x-amz-content-sha256;x-amz-date${tokenName}`;
      const canonical = `${method}\n${path}\n\nhost:${host}\n${amz}\n${names}\nUNSIGNED-PAYLOAD`;
      const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash('sha256', canonical)}`;
      const signature = createHmac('sha256', key).update(toSign).digest('hex');
      return (
        amz.replaceAll('\n', '\r\n') +
        `authorization: AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}\r\n`
      );
    },
  };
}

// KeyObjects, as Node 24 takes six times as long with a key in a Buffer.
const derivedKey = (secret: string, parts: readonly string[]): KeyObject =>
  parts.reduce(
    (key, part) => createSecretKey(createHmac('sha256', key).update(part).digest()),
    createSecretKey(`AWS4${secret}`, 'utf8'),
  );
