import type { JsonObject } from './asl/json';
import { epochSeconds } from './execution-actions';
import { cutPage } from './page';
import type { Params } from './params';
import type { LoadedStateMachine } from './state-machine';
import type { StepFunctions } from './step-functions';

export const machineActions = {
  ListStateMachines(service: StepFunctions, params: Params): JsonObject {
    const { items, nextToken } = cutPage(
      { all: service.machines(), idOf: (one) => one.arn, scope: 'machines' },
      params,
    );
    const stateMachines = items.map((one) => ({
      stateMachineArn: one.arn,
      name: one.name,
      type: 'STANDARD',
      creationDate: epochSeconds(one.createdMs),
    }));
    return { stateMachines, nextToken };
  },

  DescribeStateMachine(service: StepFunctions, params: Params): JsonObject {
    const machine = service.machine(params.arn('stateMachineArn', 'stateMachine'));
    const creationDate = epochSeconds(machine.createdMs);
    return { ...describe(machine), status: 'ACTIVE', type: 'STANDARD', creationDate };
  },

  DescribeStateMachineForExecution(service: StepFunctions, params: Params): JsonObject {
    const { stateMachineArn } = service.describe(params.arn('executionArn', 'execution'));
    const machine = service.machine(stateMachineArn);
    return { ...describe(machine), updateDate: epochSeconds(machine.createdMs) };
  },
};

function describe({ arn, name, definition, roleArn }: LoadedStateMachine): JsonObject {
  return {
    stateMachineArn: arn,
    name,
    definition,
    roleArn,
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  };
}
