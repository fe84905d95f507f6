import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleHandlers } from '../lib/stack/bundle-handlers';
import { synthesize } from '../local/machine/assembly';

/** Makes `dist/`, which is what the package holds: the code, the bundled handlers, the synthesized stack. */
async function build(): Promise<void> {
  const root = dirname(__dirname);
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  const { status } = spawnSync(tsc, ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('tsc found errors');
  const bootstrap = join('local', 'lambda', 'bootstrap.mjs');
  copyFileSync(join(root, bootstrap), join(dist, bootstrap));
  bundleHandlers(root);
  await synthesize(root, join(dist, 'assembly'));
}

void build();
