import type { GetOutcome, GetRequest, ObjectClient, TriedAddress } from '../object-client';
import { Answer } from './answer';
import { Attempt } from './attempt';
import { asAttemptError } from './attempt-error';
import { AddressBook } from './connection/address-book';
import type { Connection } from './connection/connection';
import { createConnectionPool } from './connection/connection-pool';
import { type Lookup, systemLookup } from './connection/look-up';
import { correct } from './corrections';
import { exchange } from './exchange';
import { RecentMap } from './recent-map';
import { requestText } from './request-text';
import { checkEndpoint } from './signing/bucket-endpoint';
import type { CredentialsProvider } from './signing/credentials';
import type { RequestToSign } from './signing/signer';
import { createSignerSource } from './signing/signer-source';
import { createTargets } from './targets';
import { createWatchdog } from './watchdog';

export interface DirectClientOptions {
  /** Another S3 than AWS's, such as `http://127.0.0.1:9000`. @default AWS's of the region */
  endpoint?: string | undefined;
  region: string;
  credentials: CredentialsProvider;
  /** Connections at most: requests beyond them wait, which their `queue` phase shows. */
  maxSockets: number;
  /** Compare the checksum of whole objects where S3 gives one. */
  verifyChecksum: boolean;
  /** @default the system's resolver */
  lookup?: Lookup;
  /** Certificate authorities to trust in place of Node's. */
  ca?: string | Buffer;
  /** An idle connection is closed after this long. @default 4000, as S3 does so after about 5 s */
  idleMs?: number;
}

/** Buckets have hosts of their own; the TLS sessions of more than this many at once are not worth their memory. */
const mostSessions = 100;

/** Our own client: SigV4 and HTTP/1.1 on sockets of its own, each phase timed where it happens. */
export function createDirectClient(options: DirectClientOptions): ObjectClient {
  const { endpoint, region, maxSockets, verifyChecksum } = options;
  checkEndpoint(endpoint, region);
  if (!(maxSockets >= 1)) throw new TypeError('maxSockets: write a whole number from 1');
  const watchdog = createWatchdog();
  const targets = createTargets(region, endpoint);
  const signers = createSignerSource(options.credentials);
  const pool = createConnectionPool(maxSockets, options.idleMs ?? 4_000, {
    lookup: options.lookup ?? systemLookup,
    ca: options.ca,
    book: new AddressBook(),
    sessions: new RecentMap(mostSessions),
  });
  let skewMs = 0;

  const send = async (request: GetRequest, attempt: Attempt, answer: Answer, way: Way) => {
    const target = targets.of(request);
    let signer = signers.current(target.region);
    if (!signer) {
      signer = await signers.wait(target.region, attempt);
      way.preparedMs = attempt.clock.restart();
    }
    const { host, origin } = target.endpoint;
    const wanted = { origin, fresh: request.fresh ?? false, connectMs: request.timeouts.connectMs };
    way.connection = pool.takeIdle(wanted) ?? (await pool.take(wanted, attempt, (way.addresses = [])));
    way.reused = way.connection.reused;
    const toSign: RequestToSign = {
      method: request.method ?? 'GET',
      host,
      path: target.path,
      checksumMode: verifyChecksum && request.range === null,
    };
    const { credentials } = signer;
    const sent = { bucket: request.bucket, region: target.region, credentials, skewMs };
    const text = requestText(request, toSign, signer, Date.now() + skewMs);
    const message = { method: toSign.method, text };
    if (await exchange(way.connection, attempt, request.timeouts, message, answer))
      pool.release(way.connection);
    else pool.drop(way.connection);
    if (!answer.failure) return signers.cache.accept();
    const correction = correct(answer, sent, targets, signers.cache);
    answer.failure = correction.failure;
    way.redirectedTo = correction.redirectedTo;
    skewMs = correction.skewMs ?? skewMs;
  };

  const get = async (request: GetRequest) => {
    const attempt = new Attempt(watchdog, request.signal);
    const answer = new Answer(request, verifyChecksum);
    const way: Way = { connection: null, reused: false };
    try {
      await send(request, attempt, answer, way);
    } catch (error) {
      answer.failure = asAttemptError(error).failure;
      if (way.connection) pool.drop(way.connection);
    }
    attempt.end();
    return outcomeOf(attempt, answer, way);
  };

  return { get, closeConnections: () => pool.close() };
}

/** How a request went out. */
interface Way {
  connection: Connection | null;
  reused: boolean;
  preparedMs?: number;
  addresses?: TriedAddress[];
  redirectedTo?: string | undefined;
}

// A literal, as a spread of one is several times as dear.
function outcomeOf({ clock }: Attempt, answer: Answer, way: Way): GetOutcome {
  const { head, errorDocument } = answer;
  return {
    status: head?.status ?? null,
    requestId: head?.headers.get('x-amz-request-id') ?? errorDocument?.requestId ?? null,
    address: way.connection?.address ?? null,
    reused: way.reused,
    etag: head?.headers.get('etag') ?? null,
    durationMs: clock.stop(),
    phasesMs: clock.phasesMs(),
    bytes: answer.bytes,
    checksumVerified: answer.checksumVerified,
    failure: answer.failure,
    sizeBytes: answer.sizeBytes,
    given: answer.given,
    crc: answer.crc,
    preparedMs: way.preparedMs,
    addresses: way.addresses,
    redirectedTo: way.redirectedTo,
  };
}
