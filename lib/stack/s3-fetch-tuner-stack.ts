import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { S3FetchTuner, type S3FetchTunerProps } from './s3-fetch-tuner';
import { startOutputs } from './start-outputs';

/** Settings of {@link S3FetchTunerStack}: those of a stack and those of the construct. */
export interface S3FetchTunerStackProps extends StackProps, S3FetchTunerProps {}

/** A stack that holds one {@link S3FetchTuner} and says where to start. */
export class S3FetchTunerStack extends Stack {
  readonly tuner: S3FetchTuner;

  constructor(scope: Construct, id: string, props: S3FetchTunerStackProps = {}) {
    super(scope, id, { description: 'Races the ways of fetching S3 objects from Lambda', ...props });
    this.tuner = new S3FetchTuner(this, 'Tuner', props);
    startOutputs(this, this.tuner);
  }
}
