/**
 * The engine for anyone's Lambda: reads bodies to their end, waits for nothing for ever, retries, resumes,
 * verifies, and says where each millisecond went. Imports neither aws-cdk-lib nor zod.
 */
export type { Credentials } from './direct/signing/credentials';
export type { FailureCode } from './failure';
export { type FetchedObject, fetchObject } from './fetch-object';
export { type FetchOptions, fetchFromBucket as fetchObjects, type Wanted } from './fetch-from-bucket';
export type { Attempt, Failure, FetchRecord, Integrity, PhaseName, PhasesMs } from './record';
export type { Timeouts } from './timeouts';
export { streamObject } from './stream-object';
