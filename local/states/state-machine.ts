import { compileMachine, type Machine } from './asl/compile-machine';
import { DefinitionError } from './asl/definition-error';

export interface StateMachineSpec {
  name: string;
  arn: string;
  roleArn: string;
  /** Amazon States Language as JSON, all substitutions made. */
  definition: string;
}

export interface LoadedStateMachine extends StateMachineSpec {
  readonly machine: Machine;
  readonly createdMs: number;
}

/** Throws a DefinitionError that names machine, state and field where the definition asks for what is not implemented. */
export function loadStateMachine(spec: StateMachineSpec, createdMs: number): LoadedStateMachine {
  try {
    return { ...spec, machine: compileMachine(spec.definition), createdMs };
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    throw new DefinitionError(`State machine '${spec.name}' cannot run here: ${error.message}`);
  }
}
