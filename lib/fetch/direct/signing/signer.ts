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
export class Signer {
  readonly credentials: Credentials;
  readonly #region: string;
  #second = -1;
  #time = '';
  #day = '';
  #scope = '';
  #key: KeyObject | null = null;

  constructor(credentials: Credentials, region: string) {
    const { accessKeyId, sessionToken = '' } = credentials;
    if (!/^[\x21-\x7e]+$/.test(accessKeyId) || !/^[\x21-\x7e]*$/.test(sessionToken))
      throw new TypeError('the access key id or the session token cannot be sent in a header');
    this.credentials = credentials;
    this.#region = region;
  }

  /** The header lines to add, each ended by CRLF. */
  sign({ method, host, path, checksumMode }: RequestToSign, nowMs: number): string {
    this.#setTime(nowMs);
    const { accessKeyId, sessionToken } = this.credentials;
    const mode = checksumMode ? 'x-amz-checksum-mode:ENABLED\n' : '';
    const token = sessionToken ? `x-amz-security-token:${sessionToken}\n` : '';
    const amz = `${mode}x-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:${this.#time}\n${token}`;
    const names = `host;${checksumMode ? 'x-amz-checksum-mode;' : ''}x-amz-content-sha256;x-amz-date${sessionToken ? ';x-amz-security-token' : ''}`;
    const canonical = `${method}\n${path}\n\nhost:${host}\n${amz}\n${names}\nUNSIGNED-PAYLOAD`;
    const toSign = `AWS4-HMAC-SHA256\n${this.#time}\n${this.#scope}\n${hash('sha256', canonical)}`;
    const signature = createHmac('sha256', this.#key!).update(toSign).digest('hex');
    return (
      amz.replaceAll('\n', '\r\n') +
      `authorization: AWS4-HMAC-SHA256 Credential=${accessKeyId}/${this.#scope}, SignedHeaders=${names}, Signature=${signature}\r\n`
    );
  }

  #setTime(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    if (second === this.#second) return;
    this.#second = second;
    this.#time = new Date(nowMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
    const day = this.#time.slice(0, 8);
    if (day === this.#day) return;
    this.#day = day;
    this.#scope = `${day}/${this.#region}/s3/aws4_request`;
    this.#key = this.#deriveKey(day);
  }

  #deriveKey(day: string): KeyObject {
    const first = createSecretKey(`AWS4${this.credentials.secretAccessKey}`, 'utf8');
    // A KeyObject, as Node 24 takes six times as long with a key in a Buffer.
    return [day, this.#region, 's3', 'aws4_request'].reduce(
      (key, part) => createSecretKey(createHmac('sha256', key).update(part).digest()),
      first,
    );
  }
}
