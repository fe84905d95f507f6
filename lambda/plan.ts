import { S3Client } from '@aws-sdk/client-s3';
import { type PlanForMachine, planRun } from '../lib/run/plan-run';
import { RunStore } from '../lib/run/run-store';
import { allowedSources, environment, sampleSource, sourceS3 } from './environment';

const store = new RunStore(new S3Client({}), environment('RUNS_BUCKET'));
const s3 = new S3Client(sourceS3());

/** First state of the machine: request → run folder. A RequestError ends the execution by that name. */
export async function handler(event: {
  runId: string;
  startedAt: string;
  request: unknown;
}): Promise<PlanForMachine> {
  const planner = {
    s3,
    store,
    sample: sampleSource(),
    allowed: allowedSources(),
    fetchFunctions: JSON.parse(environment('FETCH_FUNCTIONS')) as Record<string, string>,
    startedAt: event.startedAt,
  };
  return planRun(planner, event.runId, event.request);
}
