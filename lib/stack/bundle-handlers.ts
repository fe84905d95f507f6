import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildHandlers, type HandlerName, handlerNames } from './build-handlers';

/** For each handler the folder that holds its `index.mjs`. */
export type HandlerFolders = Record<HandlerName, string>;

const bundled = new Map<string, HandlerFolders>();

/**
 * The handlers, bundled once a process: from their sources in a clone,
 * as they were built before in an installed package.
 */
export function bundleHandlers(root: string = packageRoot(__dirname)): HandlerFolders {
  const known = bundled.get(root);
  if (known) return known;
  const sourceDir = join(root, 'lambda');
  const outDir = join(root, 'dist', 'lambda');
  if (handlerNames.every((name) => existsSync(join(sourceDir, `${name}.ts`))))
    buildHandlers(sourceDir, outDir);
  const folders = builtHandlers(outDir);
  bundled.set(root, folders);
  return folders;
}

/** Handlers that were bundled before, below one folder. Throws where one is missing. */
export function builtHandlers(outDir: string): HandlerFolders {
  const missing = handlerNames.filter((name) => !existsSync(join(outDir, name, 'index.mjs')));
  if (missing.length > 0)
    throw new Error(
      `no bundle of ${missing.join(', ')}: neither lambda/<name>.ts nor ${outDir}/<name>/index.mjs`,
    );
  return Object.fromEntries(handlerNames.map((name) => [name, join(outDir, name)])) as HandlerFolders;
}

function packageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  if (dirname(from) === from) throw new Error('no package.json above the stack');
  return packageRoot(dirname(from));
}
