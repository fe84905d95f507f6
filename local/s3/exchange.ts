import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SigV4Success } from '../sigv4/sigv4-verdict';
import type { RequestTarget } from './request-target';
import type { ObjectStore } from './store/object-store';

export interface S3Settings {
  region: string;
  lookupSecret: (accessKeyId: string) => string | undefined;
  /** An upload that sends nothing for so long is given up. */
  uploadIdleTimeoutMs: number;
}

/** One request and its answer, after the signature was found right. */
export interface Exchange extends RequestTarget {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly signature: SigV4Success;
  readonly settings: S3Settings;
  readonly store: ObjectStore;
}

/** Answers a request; what it throws is answered as an error. */
export type Operation = (exchange: Exchange) => void | Promise<void>;
