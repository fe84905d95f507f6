import type { FunctionSpec } from '../lambda/function-spec';
import type { RestApiSpec } from '../rest/rest-api-spec';
import { type CloudAssembly, readCloudAssembly } from './cloud-assembly';
import { lambdaFunctions, type RefusedFunction } from './lambda-functions';
import { Resolver } from './resolver';
import { restApi } from './rest-api';
import { stackResources } from './stack-resources';
import { type StateMachineSpec, stateMachines } from './state-machines';
import { TemplateError } from './template-error';

export interface Assembly {
  stackName: string;
  functions: FunctionSpec[];
  stateMachines: StateMachineSpec[];
  buckets: { logicalId: string; name: string }[];
  restApi: RestApiSpec | null;
  /** Those that can be told on this machine. */
  outputs: Record<string, string>;
}

/** Reads a synthesized stack: what a deployment of it would make, with every reference resolved. */
export async function loadAssembly(
  cdkOutDir: string,
  { region = 'us-east-1', accountId = '123456789012' }: { region?: string; accountId?: string } = {},
): Promise<Assembly> {
  const assembly = await readCloudAssembly(cdkOutDir);
  const { stackName, template } = assembly;
  const place = { stackName, region, accountId, partition: 'aws', urlSuffix: 'amazonaws.com' };
  const resolver = new Resolver(template, place);
  const { functions, refused } = lambdaFunctions(assembly, resolver);
  const loaded = {
    stackName,
    functions,
    stateMachines: stateMachines(assembly, resolver),
    buckets: buckets(resolver),
    restApi: restApi(resolver),
  };
  refuseIfNeeded(refused, JSON.stringify(loaded));
  return { ...loaded, outputs: outputs(assembly, resolver) };
}

function buckets(resolver: Resolver): Assembly['buckets'] {
  return stackResources(resolver, 'AWS::S3::Bucket').map(({ logicalId }) => ({
    logicalId,
    name: resolver.attribute(logicalId, 'ref'),
  }));
}

/** A helper that only a deployment calls may be one that cannot run here; one that something names may not. */
function refuseIfNeeded(refused: RefusedFunction[], loaded: string): void {
  for (const { arn, why } of refused) {
    if (loaded.includes(arn)) throw new TemplateError(why);
  }
}

/** Nothing is built from outputs: one that only a deployment can tell is left out. */
function outputs({ template }: CloudAssembly, resolver: Resolver): Record<string, string> {
  const told: Record<string, string> = {};
  for (const [name, { Value, Condition }] of Object.entries(template.Outputs ?? {})) {
    try {
      if (Condition === undefined || resolver.condition(Condition)) told[name] = resolver.string(Value, name);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
    }
  }
  return told;
}
