import definition from './state-machine.asl.json';

/** What the stack fills into the definition. */
export const substitutionNames = ['Partition', 'PlanFunction', 'SummarizeFunction'] as const;
type Substitutions = Record<(typeof substitutionNames)[number], string>;

/** The definition with its `${…}` placeholders, as one line. */
export const stateMachineDefinition: string = JSON.stringify(definition);

/** The definition as Step Functions sees it. */
export function renderStateMachine(substitutions: Substitutions): string {
  return stateMachineDefinition.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const value = substitutions[name as keyof Substitutions];
    if (value === undefined) throw new Error(`nothing stands for ${placeholder} of the state machine`);
    return value;
  });
}
