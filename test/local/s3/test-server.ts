import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type S3Server, type S3ServerOptions, startS3Server } from '../../../local/s3/s3-server';
import { nowDateTime, queryText, sha256, signHeaders } from '../sigv4/sign';

export const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
export const region = 'us-east-1';
export const signing = () => ({ ...credentials, region, service: 's3', dateTime: nowDateTime() });

export interface TestServer extends S3Server {
  dataDir: string;
  client: S3Client;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'embedded-s3-test-'));
}

export async function startTestServer(options: Partial<S3ServerOptions> = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const server = await startS3Server({ dataDir, credentials, region, ...options });
  const client = clientOf(server.url);
  const close = async () => {
    client.destroy();
    await server.close();
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true });
  };
  return { ...server, dataDir, client, close };
}

export function clientOf(endpoint: string, config: S3ClientConfig = {}): S3Client {
  return new S3Client({ endpoint, region, forcePathStyle: true, credentials, maxAttempts: 1, ...config });
}

export interface RawRequest {
  method?: string;
  /** As it is sent. */
  path: string;
  query?: [name: string, value: string][];
  headers?: Record<string, string>;
  body?: Buffer;
  /** @default the SHA-256 of the body */
  payloadHash?: string;
}

export interface RawResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A signed request of the test's own making, for what the SDK would not send. */
export async function raw({ port }: { port: number }, request: RawRequest): Promise<RawResponse> {
  const { method = 'GET', path, query = [], body = Buffer.alloc(0) } = request;
  const headers = signHeaders(
    {
      method,
      path,
      query,
      headers: { host: `127.0.0.1:${port}`, ...request.headers },
      payloadHash: request.payloadHash ?? sha256(body),
    },
    signing(),
  );
  const target = query.length === 0 ? path : `${path}?${queryText(query)}`;
  return send(port, method, target, { 'content-length': String(body.length), ...headers }, body);
}

export function send(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Buffer = Buffer.alloc(0),
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { port, host: '127.0.0.1', method, path, headers, agent: false },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece)).on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(pieces).toString(),
          });
        });
      },
    );
    request.on('error', reject).end(body);
  });
}

/** The name and status of the error that a call must end with. */
export async function errorOf(call: Promise<unknown>): Promise<{ name: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode };
  }
  throw new Error('the call succeeded');
}

/** The names of the body files, once as many are left as there should be: files go a moment after their objects. */
export async function bodyFiles(dataDir: string, count: number): Promise<string[]> {
  for (;;) {
    const names = readdirSync(join(dataDir, 'bodies'));
    if (names.length <= count) return names;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export async function bytesOf(output: {
  Body?: { transformToByteArray(): Promise<Uint8Array> } | undefined;
}) {
  return Buffer.from(await output.Body!.transformToByteArray());
}
