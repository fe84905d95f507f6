import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import {
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  type GetObjectCommandOutput,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { checksumFromHeaders } from '../checksum/checksum-from-headers';
import {
  type ChecksumAlgorithm,
  type CrcChecksum,
  checksumAlgorithms,
  createChecksum,
} from '../checksum/create-checksum';
import { type AttemptFailure, kindOfError } from '../failure';
import {
  type GetOutcome,
  type GetRequest,
  type GivenChecksum,
  type ObjectClient,
  rangeHeader,
} from '../object-client';
import { lengthFailure, type ResponseHead, responseFailure } from '../response-check';
import { ConnectionProbe, currentProbe, ProbedHttpAgent, ProbedHttpsAgent } from './connection-probe';
import { Deadline, type Watched } from './deadline';

export interface SdkClientOptions {
  /** Sockets at most: as many as requests may be in flight, so that none waits for another's. */
  maxSockets: number;
  /** Verify the whole object's checksum where S3 gives one, as the SDK does by default. */
  verifyChecksum: boolean;
  /** Endpoint, region, credentials: everything else is left to the SDK's own providers. */
  s3?: Pick<S3ClientConfig, 'endpoint' | 'region' | 'credentials' | 'forcePathStyle'>;
}

/** `@aws-sdk/client-s3` as people use it, its retries left to our own loop, watched from outside. */
export function createSdkClient({ maxSockets, verifyChecksum, s3 = {} }: SdkClientOptions): ObjectClient {
  const agentOptions = { keepAlive: true, maxSockets };
  const httpAgent = new ProbedHttpAgent(agentOptions);
  const httpsAgent = new ProbedHttpsAgent(agentOptions);
  const client = new S3Client({
    ...s3,
    maxAttempts: 1,
    responseChecksumValidation: verifyChecksum ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED',
    requestHandler: new NodeHttpHandler({ httpAgent, httpsAgent }),
  });
  return {
    get: (request) => get(client, request, verifyChecksum),
    closeConnections: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

async function get(client: S3Client, request: GetRequest, verifyChecksum: boolean): Promise<GetOutcome> {
  const probe = new ConnectionProbe();
  const watched: Received & Watched = {
    bytes: 0,
    checksum: request.checksum && createChecksum(request.checksum),
    get phase() {
      return probe.phase;
    },
  };
  const deadline = new Deadline(watched, request.timeouts, request.signal);
  probe.onPhase = () => deadline.update();
  let head: Output | null = null;
  let failure: AttemptFailure | null = null;
  let error: unknown = null;
  try {
    head = await currentProbe.run(probe, () => send(client, request, deadline.controller.signal));
    failure = errorInSuccess(head) ?? responseFailure(request, answered(head));
    const body = 'Body' in head ? (head.Body as IncomingMessage) : null;
    if (failure) body?.destroy();
    else if (body) {
      await readBody(body, request, watched, deadline.controller.signal);
      failure = lengthFailure(request, watched.bytes, 'body');
    }
  } catch (caught) {
    error = caught;
    failure = deadline.failure ?? failureOf(caught, probe);
  } finally {
    deadline.end();
  }
  const durationMs = probe.elapsedMs();
  const metadata =
    head?.$metadata ?? (error as { $metadata?: GetObjectCommandOutput['$metadata'] } | null)?.$metadata;
  return {
    status: metadata?.httpStatusCode ?? null,
    requestId: metadata?.requestId ?? null,
    address: probe.address,
    reused: probe.reused,
    etag: head?.ETag ?? null,
    phasesMs: probe.phasesMs(durationMs),
    durationMs,
    bytes: watched.bytes,
    checksumVerified: verifyChecksum && !failure && head !== null && verifiedBySdk(request, head),
    failure,
    ...(request.method === 'HEAD' && head?.ContentLength !== undefined && { sizeBytes: head.ContentLength }),
    ...(verifyChecksum && head && !request.range && { given: givenBy(head) }),
    ...(request.checksum &&
      watched.checksum && { crc: { algorithm: request.checksum, value: watched.checksum.value() } }),
  };
}

type Output = GetObjectCommandOutput | HeadObjectCommandOutput;

const answered = (head: Output): ResponseHead => ({
  status: head.$metadata.httpStatusCode ?? 0,
  contentLength: head.ContentLength ?? null,
  contentRange: 'ContentRange' in head ? (head.ContentRange ?? null) : null,
  etag: head.ETag ?? null,
});

// S3 answers 200 before it knows whether it will succeed, and an object always has an ETag.
function errorInSuccess({ ETag, ContentType = '' }: Output): AttemptFailure | null {
  if (ETag !== undefined || !/\bxml\b/i.test(ContentType)) return null;
  const message = 'the answer is XML without an ETag: an error inside a 200';
  return { code: 'InternalError', phase: 'firstByte', message, retry: 'transient' };
}

/** What came of the body. */
interface Received {
  bytes: number;
  checksum: CrcChecksum | undefined;
}

function send(client: S3Client, request: GetRequest, abortSignal: AbortSignal): Promise<Output> {
  const named = { Bucket: request.bucket, Key: request.key, IfMatch: request.etag ?? undefined };
  if (request.method === 'HEAD')
    return client.send(new HeadObjectCommand({ ...named, ChecksumMode: 'ENABLED' }), { abortSignal });
  const range = rangeHeader(request.range) ?? undefined;
  return client.send(new GetObjectCommand({ ...named, Range: range }), { abortSignal });
}

async function readBody(
  body: IncomingMessage,
  { onBody }: GetRequest,
  received: Received,
  signal: AbortSignal,
): Promise<void> {
  const onAbort = () => body.destroy(new Error('aborted by its deadline'));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  body.on('data', (chunk: Buffer) => {
    received.bytes += chunk.length;
    received.checksum?.update(chunk);
    onBody?.(chunk);
  });
  try {
    await once(body, 'end');
  } finally {
    signal.removeEventListener('abort', onAbort);
    body.destroy();
  }
}

// The SDK compares checksums of whole objects only: never of a range, nor the checksum of a multipart's checksums.
function verifiedBySdk(request: GetRequest, head: Output): boolean {
  return request.method !== 'HEAD' && !request.range && givenBy(head) !== undefined;
}

function givenBy(head: Output): GivenChecksum | undefined {
  if (head.ChecksumType === 'COMPOSITE') return undefined;
  const headers: Record<string, string> = {};
  for (const algorithm of checksumAlgorithms) {
    const value = head[`Checksum${algorithm.toUpperCase() as Uppercase<ChecksumAlgorithm>}`];
    if (value !== undefined) headers[`x-amz-checksum-${algorithm}`] = value;
  }
  const given = checksumFromHeaders(headers);
  return given?.type === 'FULL_OBJECT' ? given : undefined;
}

function failureOf(caught: unknown, probe: ConnectionProbe): AttemptFailure {
  const { phase } = probe;
  const error = caught as {
    name?: string;
    code?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const message = error.message ?? String(caught);
  if (message.startsWith('Checksum mismatch'))
    return { code: 'ChecksumMismatch', phase: 'body', message, retry: 'transient' };
  // Node says so of a body that ended before its Content-Length, whichever end closed.
  const name = message === 'aborted' ? 'ECONNRESET' : error.code;
  const { code, retry } = kindOfError([error.name, name], error.$metadata?.httpStatusCode ?? null);
  return { code, phase, message: `${error.name ?? 'Error'}: ${message}`, retry };
}
