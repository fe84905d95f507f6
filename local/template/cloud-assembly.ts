import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TemplateError } from './template-error';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
  Metadata?: Record<string, unknown>;
}

export interface Template {
  Resources: Record<string, Resource>;
  Parameters?: Record<string, { Type: string; Default?: string }>;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Outputs?: Record<string, { Value: unknown; Condition?: string }>;
}

export interface CloudAssembly {
  stackName: string;
  template: Template;
  /** File or folder of an asset, by the key under which it would be uploaded. */
  assetPath: (objectKey: string) => string | undefined;
}

interface Manifest {
  artifacts?: Record<
    string,
    { type: string; properties?: { templateFile?: string; file?: string; stackName?: string } }
  >;
}

interface AssetManifest {
  files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>;
}

/** Reads what `cdk synth` wrote: the one stack's template and its assets. */
export async function readCloudAssembly(dir: string): Promise<CloudAssembly> {
  const { artifacts = {} } = await readJson<Manifest>(
    join(dir, 'manifest.json'),
    'run `npx cdk synth` first',
  );
  const stacks = Object.entries(artifacts).filter(([, it]) => it.type === 'aws:cloudformation:stack');
  if (stacks.length !== 1) {
    const found = stacks.map(([id]) => id).join(', ') || 'none';
    throw new TemplateError(`${dir}: exactly one stack is needed, found ${found}`);
  }
  const [id, stack] = stacks[0]!;
  const templateFile = stack.properties?.templateFile ?? `${id}.template.json`;
  const template = await readJson<Template>(join(dir, templateFile), 'the assembly is incomplete');
  const assets = await readAssets(dir, artifacts);
  return { stackName: stack.properties?.stackName ?? id, template, assetPath: (key) => assets.get(key) };
}

async function readAssets(
  dir: string,
  artifacts: NonNullable<Manifest['artifacts']>,
): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  for (const { type, properties } of Object.values(artifacts)) {
    if (type !== 'cdk:asset-manifest' || properties?.file === undefined) continue;
    const { files = {} } = await readJson<AssetManifest>(
      join(dir, properties.file),
      'the assembly is incomplete',
    );
    for (const { source, destinations } of Object.values(files)) {
      for (const { objectKey } of Object.values(destinations)) {
        if (source.path !== undefined) paths.set(objectKey, join(dir, source.path));
      }
    }
  }
  return paths;
}

async function readJson<T>(path: string, advice: string): Promise<T> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new TemplateError(`no ${basename(path)} at ${path}: ${advice}`);
  }
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new TemplateError(`${path} is not JSON: ${(error as Error).message}`);
  }
}
