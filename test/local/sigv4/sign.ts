import { createHash, createHmac } from 'node:crypto';

export interface Signing {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  service: string;
  /** `YYYYMMDDTHHMMSSZ` */
  dateTime: string;
}

export interface Unsigned {
  method: string;
  /** Encoded as it will be sent, for S3. */
  path: string;
  query: [name: string, value: string][];
  /** Lower-case names. */
  headers: Record<string, string>;
  payloadHash: string;
}

/** The specification's signer written down a second time, so that the verifier is not its own judge. */
export function signHeaders(request: Unsigned, signing: Signing): Record<string, string> {
  const headers: Record<string, string> = {
    ...request.headers,
    'x-amz-date': signing.dateTime,
    'x-amz-content-sha256': request.payloadHash,
  };
  const names = Object.keys(headers).sort();
  const signature = sign({ ...request, headers }, names, signing);
  const credential = `${signing.accessKeyId}/${scopeOf(signing)}`;
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return headers;
}

/** Path and query of a presigned URL. */
export function presign(request: Unsigned, signing: Signing, expiresSeconds: number): string {
  const query: [string, string][] = [
    ...request.query,
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${signing.accessKeyId}/${scopeOf(signing)}`],
    ['X-Amz-Date', signing.dateTime],
    ['X-Amz-Expires', String(expiresSeconds)],
    ['X-Amz-SignedHeaders', Object.keys(request.headers).sort().join(';')],
  ];
  const signature = sign({ ...request, query }, Object.keys(request.headers).sort(), signing);
  return `${request.path}?${queryText([...query, ['X-Amz-Signature', signature]])}`;
}

export function nowDateTime(offsetMs = 0): string {
  return `${new Date(Date.now() + offsetMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

export function encode(text: string): string {
  let encoded = '';
  for (const byte of Buffer.from(text)) {
    const char = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9\-._~]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

export const queryText = (query: [string, string][]) =>
  query
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

export const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

export function signingKeyOf({ secretAccessKey, dateTime, region, service }: Signing): Buffer {
  const steps = [dateTime.slice(0, 8), region, service, 'aws4_request'];
  return steps.reduce<Buffer>((key, step) => hmac(key, step), Buffer.from(`AWS4${secretAccessKey}`));
}

export const scopeOf = ({ dateTime, region, service }: Signing) =>
  `${dateTime.slice(0, 8)}/${region}/${service}/aws4_request`;

function sign(request: Unsigned, names: string[], signing: Signing): string {
  const lines = names.map((name) => `${name}:${request.headers[name]!.trim().replaceAll(/\s+/g, ' ')}\n`);
  const canonical = [
    request.method,
    request.path,
    queryText(request.query),
    lines.join(''),
    names.join(';'),
    request.payloadHash,
  ].join('\n');
  const toSign = `AWS4-HMAC-SHA256\n${signing.dateTime}\n${scopeOf(signing)}\n${sha256(canonical)}`;
  return hmac(signingKeyOf(signing), toSign).toString('hex');
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
