import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { propsFromContext } from '../lib/stack/app-context';
import { acknowledgeNagFindings } from '../lib/stack/nag-exceptions';
import { S3FetchTunerStack } from '../lib/stack/s3-fetch-tuner-stack';
import { SettingsError } from '../lib/stack/settings-error';

try {
  // Synthesized by hand, so that a refused setting does not leave half a template.
  const app = new App({ autoSynth: false });
  const props = propsFromContext(app.node);
  const stack = new S3FetchTunerStack(app, 'S3FetchTuner', props);
  acknowledgeNagFindings(stack, props.allowedSources);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
