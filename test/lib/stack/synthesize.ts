import { App } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import type { S3FetchTunerProps } from '../../../lib/stack/s3-fetch-tuner';
import { S3FetchTunerStack } from '../../../lib/stack/s3-fetch-tuner-stack';
import { placeholderHandlers } from './placeholder-handlers';

const { context } = require('../../../cdk.json') as { context: Record<string, unknown> };
let handlersDir: string | undefined;

/** An app as the command line makes it, with handlers that do nothing. */
export function createApp(): App {
  return new App({ context });
}

export function createStack(props: S3FetchTunerProps = {}, app: App = createApp()): S3FetchTunerStack {
  handlersDir ??= placeholderHandlers();
  return new S3FetchTunerStack(app, 'S3FetchTuner', { handlersDir, ...props });
}

export function synthesize(props: S3FetchTunerProps = {}): Template {
  return Template.fromStack(createStack(props));
}
