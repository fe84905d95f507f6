/** The construct and the stack, for stacks of one's own. */
export type { AllowedSource } from './allowed-source';
export { S3FetchTuner, type S3FetchTunerProps } from './s3-fetch-tuner';
export { S3FetchTunerStack, type S3FetchTunerStackProps } from './s3-fetch-tuner-stack';
