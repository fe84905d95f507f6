import type { AttemptFailure } from '../failure';
import type { Answer } from './answer';
import type { Credentials } from './signing/credentials';
import type { CredentialsCache } from './signing/credentials-cache';
import type { Targets } from './targets';

/** What a request was sent with. */
export interface Sent {
  bucket: string;
  region: string;
  credentials: Credentials;
  /** What the local clock was corrected by. */
  skewMs: number;
}

export interface Correction {
  failure: AttemptFailure;
  /** The bucket's region, where S3 named another. */
  redirectedTo?: string;
  /** What the local clock is to be corrected by from now on. */
  skewMs?: number;
}

/** AWS refuses what is signed more than 15 minutes off; a smaller correction than this would change nothing. */
const leastSkewMs = 60_000;

/**
 * Some refusals say what was wrong: the region, the time, the credentials. That is put right once for the
 * requests to come, and the failure becomes one that is worth a retry.
 */
export function correct(answer: Answer, sent: Sent, targets: Targets, cache: CredentialsCache): Correction {
  const failure = answer.failure!;
  const again: AttemptFailure = { ...failure, retry: 'transient' };
  switch (failure.code) {
    case 'WrongRegion': {
      const region = namedRegion(answer, sent);
      if (region === null) return { failure };
      const message = `the bucket lies in ${region}: ${failure.message}`;
      const retry = targets.redirect(sent.bucket, sent.region, region) ? 'transient' : failure.retry;
      return { failure: { ...failure, message, retry }, redirectedTo: region };
    }
    case 'ClockSkew': {
      const skewMs = Date.parse(answer.head?.headers.get('date') ?? '') - Date.now();
      return Math.abs(skewMs - sent.skewMs) > leastSkewMs ? { failure: again, skewMs } : { failure };
    }
    case 'ExpiredToken':
      return { failure: cache.refuse(sent.credentials) ? again : failure };
    default:
      return { failure };
  }
}

function namedRegion(answer: Answer, { region }: Sent): string | null {
  const named = answer.head?.headers.get('x-amz-bucket-region') ?? answer.errorDocument?.region ?? null;
  // It becomes part of a host name.
  return named !== null && named !== region && /^[a-z0-9-]{1,64}$/.test(named) ? named : null;
}
