import { readFileSync } from 'node:fs';
import type { CloudAssembly } from './cloud-assembly';
import type { Resolver } from './resolver';
import { stackResources } from './stack-resources';
import { TemplateError } from './template-error';

export interface StateMachineSpec {
  name: string;
  arn: string;
  roleArn: string;
  type: string;
  /** The ASL document as it would be deployed. */
  definition: string;
}

export function stateMachines(assembly: CloudAssembly, resolver: Resolver): StateMachineSpec[] {
  return stackResources(resolver, 'AWS::StepFunctions::StateMachine').map(({ logicalId, properties }) => ({
    name: resolver.attribute(logicalId, 'Name'),
    arn: resolver.attribute(logicalId, 'Arn'),
    roleArn: resolver.string(properties['RoleArn'], `${logicalId}.RoleArn`),
    type: resolver.string(properties['StateMachineType'] ?? 'STANDARD', `${logicalId}.StateMachineType`),
    definition: definition(assembly, resolver, logicalId, properties),
  }));
}

function definition(
  assembly: CloudAssembly,
  resolver: Resolver,
  logicalId: string,
  properties: Record<string, unknown>,
): string {
  const substitutions = (properties['DefinitionSubstitutions'] ?? {}) as Record<string, unknown>;
  const text = source(assembly, resolver, logicalId, properties).replaceAll(
    /\$\{([A-Za-z0-9_]+)\}/g,
    (_, name: string) => {
      if (Object.hasOwn(substitutions, name))
        return resolver.string(substitutions[name], `${logicalId} \${${name}}`);
      throw new TemplateError(`${logicalId}: DefinitionSubstitutions has no ${name}`);
    },
  );
  try {
    JSON.parse(text);
  } catch (error) {
    throw new TemplateError(`${logicalId}: the definition is not JSON: ${(error as Error).message}`);
  }
  return text;
}

function source(
  assembly: CloudAssembly,
  resolver: Resolver,
  logicalId: string,
  properties: Record<string, unknown>,
): string {
  const { DefinitionString, Definition, DefinitionS3Location } = properties;
  if (DefinitionString !== undefined)
    return resolver.string(DefinitionString, `${logicalId}.DefinitionString`);
  if (Definition !== undefined) return JSON.stringify(resolver.resolve(Definition));
  const { Key } = (DefinitionS3Location ?? {}) as { Key?: unknown };
  if (Key === undefined) throw new TemplateError(`${logicalId} has no definition`);
  const key = resolver.string(Key, `${logicalId}.DefinitionS3Location.Key`);
  const path = assembly.assetPath(key);
  if (path === undefined) throw new TemplateError(`${logicalId}: the assembly has no asset ${key}`);
  return readFileSync(path, 'utf8');
}
