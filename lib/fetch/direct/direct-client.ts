import type { AttemptFailure } from '../failure';
import type { GetOutcome, GetRequest, ObjectClient } from '../object-client';
import { Answer } from './answer';
import { Attempt } from './attempt';
import { AttemptError } from './attempt-error';
import { AddressBook } from './connection/address-book';
import type { Connection } from './connection/connection';
import { ConnectionPool, type ConnectionWanted } from './connection/connection-pool';
import { type Lookup, systemLookup } from './connection/look-up';
import { TlsSessions } from './connection/tls-sessions';
import { correct, type Sent } from './corrections';
import { exchange } from './exchange';
import { PhaseClock } from './phase-clock';
import { requestText } from './request-text';
import { checkEndpoint } from './signing/bucket-endpoint';
import type { CredentialsProvider } from './signing/credentials';
import type { RequestToSign, Signer } from './signing/signer';
import { SignerSource } from './signing/signer-source';
import { Targets } from './targets';
import { Watchdog } from './watchdog';

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

/** Our own client: SigV4 and HTTP/1.1 on sockets of its own, each phase timed where it happens. */
export function createDirectClient(options: DirectClientOptions): ObjectClient {
  return new DirectClient(options);
}

class DirectClient implements ObjectClient {
  readonly #targets: Targets;
  readonly #signers: SignerSource;
  readonly #pool: ConnectionPool;
  readonly #verifyChecksum: boolean;
  readonly #watchdog = new Watchdog();
  #skewMs = 0;

  constructor({
    endpoint,
    region,
    credentials,
    maxSockets,
    verifyChecksum,
    ...options
  }: DirectClientOptions) {
    checkEndpoint(endpoint, region);
    if (!(maxSockets >= 1)) throw new TypeError('maxSockets: write a whole number from 1');
    this.#targets = new Targets(region, endpoint);
    this.#signers = new SignerSource(credentials);
    this.#verifyChecksum = verifyChecksum;
    this.#pool = new ConnectionPool(maxSockets, options.idleMs ?? 4_000, {
      lookup: options.lookup ?? systemLookup,
      ca: options.ca,
      book: new AddressBook(),
      sessions: new TlsSessions(),
    });
  }

  async get(request: GetRequest): Promise<GetOutcome> {
    const attempt = new Attempt(this.#watchdog, request.signal);
    const answer = new Answer(request, this.#verifyChecksum);
    const outcome = nothingYet();
    let connection: Connection | null = null;
    try {
      const { endpoint, region, path } = this.#targets.of(request);
      const signer = this.#signers.current(region) ?? (await this.#wait(region, attempt, outcome));
      const { connectMs } = request.timeouts;
      const wanted = { origin: endpoint.origin, fresh: request.fresh ?? false, connectMs };
      connection = this.#pool.takeIdle(wanted) ?? (await this.#connect(wanted, attempt, outcome));
      outcome.address = connection.address;
      outcome.reused = connection.reused;
      const skewMs = this.#skewMs;
      const toSign: RequestToSign = {
        method: request.method ?? 'GET',
        host: endpoint.host,
        path,
        checksumMode: this.#verifyChecksum && request.range === null,
      };
      const text = requestText(request, toSign, signer, Date.now() + skewMs);
      const message = { method: toSign.method, text };
      const reusable = await exchange(connection, attempt, request.timeouts, message, answer);
      if (reusable) this.#pool.release(connection);
      else this.#pool.drop(connection);
      const { credentials } = signer;
      this.#learn(answer, outcome, { bucket: request.bucket, region, credentials, skewMs });
    } catch (error) {
      answer.failure = failureOf(error);
      if (connection) this.#pool.drop(connection);
    }
    attempt.end();
    outcome.durationMs = attempt.clock.stop();
    outcome.phasesMs = attempt.clock.phasesMs();
    describe(answer, outcome);
    return outcome;
  }

  closeConnections(): void {
    this.#pool.close();
  }

  async #wait(region: string, attempt: Attempt, outcome: GetOutcome): Promise<Signer> {
    const signer = await this.#signers.wait(region, attempt);
    outcome.preparedMs = attempt.clock.restart();
    return signer;
  }

  #connect(wanted: ConnectionWanted, attempt: Attempt, outcome: GetOutcome): Promise<Connection> {
    outcome.addresses = [];
    return this.#pool.take(wanted, attempt, outcome.addresses);
  }

  #learn(answer: Answer, outcome: GetOutcome, sent: Sent): void {
    if (!answer.failure) {
      this.#signers.cache.accept();
      return;
    }
    const { failure, redirectedTo, skewMs } = correct(answer, sent, this.#targets, this.#signers.cache);
    answer.failure = failure;
    if (redirectedTo !== undefined) outcome.redirectedTo = redirectedTo;
    if (skewMs !== undefined) this.#skewMs = skewMs;
  }
}

// A literal, as a spread of one is several times as dear.
const nothingYet = (): GetOutcome => ({
  status: null,
  requestId: null,
  address: null,
  reused: false,
  etag: null,
  phasesMs: noPhases,
  durationMs: 0,
  bytes: 0,
  checksumVerified: false,
  failure: null,
});

const noPhases = new PhaseClock().phasesMs();

function describe(answer: Answer, outcome: GetOutcome): void {
  const { head, errorDocument } = answer;
  outcome.status = head?.status ?? null;
  outcome.requestId = head?.headers.get('x-amz-request-id') ?? errorDocument?.requestId ?? null;
  outcome.etag = head?.headers.get('etag') ?? null;
  outcome.bytes = answer.bytes;
  outcome.checksumVerified = answer.checksumVerified;
  outcome.failure = answer.failure;
  if (answer.sizeBytes !== undefined) outcome.sizeBytes = answer.sizeBytes;
  if (answer.given) outcome.given = answer.given;
  const { crc } = answer;
  if (crc) outcome.crc = crc;
}

function failureOf(error: unknown): AttemptFailure {
  if (error instanceof AttemptError) return error.failure;
  const { name, message } = error as Error;
  return { code: 'Other', phase: null, message: `${name}: ${message}`, retry: 'no' };
}
