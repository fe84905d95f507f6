import type { JsonObject } from './asl/json';
import { executionActions } from './execution-actions';
import { getExecutionHistory } from './get-execution-history';
import { machineActions } from './machine-actions';
import type { Params } from './params';
import type { StepFunctions } from './step-functions';

export type Action = (service: StepFunctions, params: Params) => JsonObject | Promise<JsonObject>;

/** The operations of the API that are implemented, by name. */
export const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ...Object.entries({ ...executionActions, ...machineActions }),
  ['GetExecutionHistory', getExecutionHistory],
]);
