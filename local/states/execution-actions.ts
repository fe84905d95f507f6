import type { JsonObject } from './asl/json';
import type { ExecutionDescription, ExecutionStatus } from './execution-description';
import { cutPage } from './page';
import type { Params } from './params';
import type { StepFunctions } from './step-functions';

const statuses: readonly ExecutionStatus[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

export const executionActions = {
  StartExecution(service: StepFunctions, params: Params): JsonObject {
    const { executionArn, startMs } = service.start({
      stateMachineArn: params.arn('stateMachineArn', 'stateMachine'),
      name: params.string('name'),
      input: params.string('input'),
    });
    return { executionArn, startDate: epochSeconds(startMs) };
  },

  DescribeExecution(service: StepFunctions, params: Params): JsonObject {
    const described = service.describe(params.arn('executionArn', 'execution'));
    const withData = params.oneOf('includedData', ['ALL_DATA', 'METADATA_ONLY']) !== 'METADATA_ONLY';
    return { ...summaryOf(described), ...redriveStatus(described), ...(withData ? dataOf(described) : {}) };
  },

  StopExecution(service: StepFunctions, params: Params): JsonObject {
    const { stopMs } = service.stop(params.arn('executionArn', 'execution'), {
      error: params.string('error'),
      cause: params.string('cause'),
    });
    return { stopDate: epochSeconds(stopMs ?? 0) };
  },

  RedriveExecution(service: StepFunctions, params: Params): JsonObject {
    const { redriveMs } = service.redrive(params.arn('executionArn', 'execution'));
    return { redriveDate: epochSeconds(redriveMs ?? 0) };
  },

  ListExecutions(service: StepFunctions, params: Params): JsonObject {
    const machineArn = params.arn('stateMachineArn', 'stateMachine');
    const status = params.oneOf('statusFilter', statuses);
    const redriven = params.oneOf('redriveFilter', ['REDRIVEN', 'NOT_REDRIVEN']);
    const scope = `executions ${machineArn} ${status ?? ''} ${redriven ?? ''}`;
    const all = service.list(machineArn);
    const wanted = (one: ExecutionDescription) =>
      (status === undefined || one.status === status) &&
      (redriven === undefined || one.redriveCount > 0 === (redriven === 'REDRIVEN'));
    const { items, nextToken } = cutPage({ all, wanted, idOf: (one) => one.executionArn, scope }, params);
    return { executions: items.map(summaryOf), nextToken };
  },
};

function summaryOf(one: ExecutionDescription): JsonObject {
  const { executionArn, stateMachineArn, name, status, redriveCount } = one;
  const summary: JsonObject = { executionArn, stateMachineArn, name, status, redriveCount };
  summary.startDate = epochSeconds(one.startMs);
  if (one.stopMs !== null) summary.stopDate = epochSeconds(one.stopMs);
  if (one.redriveMs !== null) summary.redriveDate = epochSeconds(one.redriveMs);
  return summary;
}

function redriveStatus({ notRedrivable }: ExecutionDescription): JsonObject {
  if (notRedrivable === null) return { redriveStatus: 'REDRIVABLE' };
  return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: notRedrivable };
}

function dataOf({ input, output, error, cause }: ExecutionDescription): JsonObject {
  const data: JsonObject = { input, inputDetails: { included: true } };
  if (output !== null) {
    data.output = output;
    data.outputDetails = { included: true };
  }
  if (error !== null) data.error = error;
  if (cause !== null) data.cause = cause;
  return data;
}

/** Timestamps of AWS JSON 1.0. */
export function epochSeconds(ms: number): number {
  return ms / 1000;
}
