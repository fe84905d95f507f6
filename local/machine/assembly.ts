import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the stack's sources lie: everything that the template and the bundles are made from. */
const sources = ['bin/app.ts', 'cdk.json', 'lambda', 'lib', 'package-lock.json'];

/**
 * The folder of the synthesized stack: the same template and bundles that `cdk deploy` would upload. Made once
 * for each state of the sources, in a process of its own, as aws-cdk-lib takes 160 MB and a second to load.
 */
export async function synthesizedAssembly(dataDir: string, onSynth: () => void): Promise<string> {
  const root = packageRoot(__dirname);
  // An installed package holds no sources, but the stack as it was synthesized when the package was made.
  if (!existsSync(join(root, 'bin', 'app.ts'))) return join(root, 'dist', 'assembly');
  const outDir = join(dataDir, `assembly-${await hashOf(root)}`);
  if (existsSync(join(outDir, 'manifest.json'))) return outDir;
  onSynth();
  const half = `${outDir}.${randomBytes(4).toString('hex')}`;
  await synthesize(root, half);
  await rename(half, outDir).catch(async (error: NodeJS.ErrnoException) => {
    // Another process was quicker; its folder is as good, and may be in use already.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(half, { recursive: true });
  });
  return outDir;
}

export async function synthesize(root: string, outDir: string): Promise<void> {
  await mkdir(dirname(outDir), { recursive: true });
  const { context } = JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8')) as { context: object };
  const child = spawn(process.execPath, ['--import', require.resolve('tsx'), join(root, 'bin/app.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CDK_OUTDIR: outDir,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      CDK_VALIDATION: 'false',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`the stack could not be synthesized:\n${said}`);
}

async function hashOf(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of await filesOf(join(root, source))) hash.update(file).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (entries === null) return [path];
  const nested = await Promise.all(entries.map(({ name }) => filesOf(join(path, name))));
  return nested.flat().sort();
}

export function packageRoot(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : packageRoot(dirname(from));
}
