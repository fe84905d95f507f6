import type { ObjectToFetch } from '../fetch/fetch-options';
import type { FetchRecord } from '../fetch/record';

/** The record of an object that must not be read: no request was made for it. */
export function notAllowedRecord(
  { index, key, sizeBytes }: ObjectToFetch,
  bucket: string,
  stamp: Pick<FetchRecord, 'trial' | 'sandbox' | 'coldStart' | 'startMs'>,
): FetchRecord {
  return {
    version: 1,
    trial: stamp.trial,
    index,
    key,
    sizeBytes,
    outcome: 'failed',
    bytes: 0,
    startMs: stamp.startMs,
    durationMs: 0,
    attempts: [],
    integrity: 'none',
    coldStart: stamp.coldStart,
    sandbox: stamp.sandbox,
    failure: {
      code: 'NotAllowed',
      phase: null,
      message: `this key of ${bucket} is outside the sources that were allowed at deploy time`,
    },
  };
}
