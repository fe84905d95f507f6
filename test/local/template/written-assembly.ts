import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Assembly, loadAssembly } from '../../../local/template/load-assembly';

export interface Written {
  resources?: Record<string, object>;
  template?: object;
  /** Asset files by object key; an empty text stands for a folder. */
  assets?: Record<string, string>;
}

const stack = { type: 'aws:cloudformation:stack', properties: { templateFile: 'Demo.template.json' } };
const assetManifest = { type: 'cdk:asset-manifest', properties: { file: 'Demo.assets.json' } };

/** Writes an assembly of the shape that `cdk synth` writes, loads it, and leaves nothing behind. */
export async function loadWritten(written: Written): Promise<Assembly & { dir: string }> {
  const dir = await writeAssembly(written);
  try {
    return { ...(await loadAssembly(dir)), dir };
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function writeAssembly({ resources = {}, template = {}, assets = {} }: Written): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'assembly-'));
  const write = (name: string, value: object) => writeFile(join(dir, name), JSON.stringify(value));
  await write('manifest.json', {
    version: '55.0.0',
    artifacts: { 'Demo.assets': assetManifest, Demo: stack },
  });
  await write('Demo.template.json', { Resources: resources, ...template });
  const files = Object.keys(assets).map((key, index) => [
    `hash${index}`,
    { source: { path: `asset.${index}`, packaging: 'zip' }, destinations: { here: { objectKey: key } } },
  ]);
  await write('Demo.assets.json', { version: '55.0.0', files: Object.fromEntries(files) });
  for (const [index, text] of Object.values(assets).entries()) {
    const path = join(dir, `asset.${index}`);
    await (text === '' ? mkdir(path) : writeFile(path, text));
  }
  return dir;
}
