import { DescribeExecutionCommand, type DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import { ApiError } from './api-error';
import type { Api } from './api';

/** The execution that is the run. Throws a 404 where there is none. */
export async function executionOfRun(
  { sfn, stateMachineArn }: Pick<Api, 'sfn' | 'stateMachineArn'>,
  runId: string,
): Promise<DescribeExecutionCommandOutput> {
  try {
    return await sfn.send(
      new DescribeExecutionCommand({ executionArn: executionArn(stateMachineArn, runId) }),
    );
  } catch (error) {
    if ((error as Error).name !== 'ExecutionDoesNotExist') throw error;
    throw new ApiError(404, 'NoSuchRun', `there is no run ${runId}`);
  }
}

function executionArn(stateMachineArn: string, runId: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${runId}`;
}
