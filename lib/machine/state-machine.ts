import definition from './state-machine.asl.json';

/** What CloudFormation fills into the definition when the stack is deployed. */
export const substitutionNames = ['Partition', 'PlanFunction', 'SummarizeFunction'] as const;
export type Substitutions = Record<(typeof substitutionNames)[number], string>;

/** The definition with its `${…}` placeholders, as one line: the form that CloudFormation takes. */
export const stateMachineDefinition: string = JSON.stringify(definition);

/** The definition as Step Functions sees it. */
export function renderStateMachine(substitutions: Substitutions): string {
  return stateMachineDefinition.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const value = substitutions[name as keyof Substitutions];
    if (value === undefined) throw new Error(`nothing stands for ${placeholder} of the state machine`);
    return value;
  });
}
