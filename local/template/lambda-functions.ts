import type { FunctionSpec } from '../lambda/function-spec';
import type { CloudAssembly, Resource } from './cloud-assembly';
import type { Resolver } from './resolver';
import { stackResources } from './stack-resources';
import { TemplateError } from './template-error';

/** A function that cannot run here: a deployment's helper in Python, say. */
export interface RefusedFunction {
  arn: string;
  why: string;
}

export function lambdaFunctions(
  assembly: CloudAssembly,
  resolver: Resolver,
): { functions: FunctionSpec[]; refused: RefusedFunction[] } {
  const functions: FunctionSpec[] = [];
  const refused: RefusedFunction[] = [];
  for (const { logicalId, resource } of stackResources(resolver, 'AWS::Lambda::Function')) {
    try {
      functions.push(functionSpec(assembly, resolver, logicalId, resource));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      refused.push({ arn: resolver.attribute(logicalId, 'Arn'), why: `${logicalId}: ${error.message}` });
    }
  }
  return { functions, refused };
}

function functionSpec(
  assembly: CloudAssembly,
  resolver: Resolver,
  logicalId: string,
  resource: Resource,
): FunctionSpec {
  const { Code, Layers, ...rest } = resource.Properties ?? {};
  const runtime = resolver.string(rest['Runtime'], 'Runtime');
  if (!runtime.startsWith('nodejs')) throw new TemplateError(`no runtime ${runtime} on this machine`);
  if (Layers !== undefined) throw new TemplateError('no layers on this machine');
  const reserved = resolver.resolve(rest['ReservedConcurrentExecutions']);
  return {
    name: resolver.attribute(logicalId, 'ref'),
    arn: resolver.attribute(logicalId, 'Arn'),
    codeDir: codeDir(assembly, resolver, Code),
    handler: resolver.string(rest['Handler'], 'Handler'),
    runtime,
    // Lambda's own defaults: 3 s, 128 MB.
    timeoutSeconds: Number(resolver.resolve(rest['Timeout'] ?? 3)),
    memorySizeMb: Number(resolver.resolve(rest['MemorySize'] ?? 128)),
    environment: environment(resolver, rest['Environment']),
    ...(reserved === undefined ? {} : { reservedConcurrency: Number(reserved) }),
  };
}

function codeDir(assembly: CloudAssembly, resolver: Resolver, code: unknown): string {
  const { S3Key } = (code ?? {}) as { S3Key?: unknown };
  if (S3Key === undefined) throw new TemplateError('its code is not an asset (S3Key)');
  const key = resolver.string(S3Key, 'Code.S3Key');
  const path = assembly.assetPath(key);
  if (path === undefined) throw new TemplateError(`the assembly has no asset ${key}`);
  return path;
}

function environment(resolver: Resolver, value: unknown): Record<string, string> {
  const { Variables = {} } = (value ?? {}) as { Variables?: Record<string, unknown> };
  const resolved = Object.entries(Variables)
    .map(([name, it]) => [name, resolver.resolve(it)] as const)
    .filter(([, it]) => it !== undefined);
  return Object.fromEntries(resolved.map(([name, it]) => [name, resolver.string(it, `Environment.${name}`)]));
}
