import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';

export const handlerNames = ['plan', 'fetch', 'summarize', 'api'] as const;
export type HandlerName = (typeof handlerNames)[number];

/** Bundles `<sourceDir>/<name>.ts` into `<outDir>/<name>/index.mjs`, all in one build. */
export function buildHandlers(sourceDir: string, outDir: string): Metafile {
  const { outputFiles, metafile } = esbuild().buildSync({
    ...bundling,
    absWorkingDir: dirname(sourceDir),
    entryPoints: handlerNames.map((name) => ({ in: join(sourceDir, `${name}.ts`), out: `${name}/index` })),
    outdir: outDir,
  });
  for (const { path, contents } of outputFiles) writeIfChanged(path, contents);
  return metafile;
}

const bundling = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  // Lambda runs it on Node 24, the local machine on Node 20: the older one sets the syntax.
  target: 'node20',
  // The ES modules of the AWS SDK can be shaken: a third of the size of its CommonJS build.
  mainFields: ['module', 'main'],
  // Half the bytes to load at a cold start; names stay, because error names reach the state machine.
  minify: true,
  keepNames: true,
  sourcemap: false,
  metafile: true,
  write: false,
  logLevel: 'warning',
} satisfies BuildOptions;

/** Loaded late: who installs the package has the bundles and needs no esbuild. */
function esbuild(): typeof import('esbuild') {
  return require('esbuild') as typeof import('esbuild');
}

/** Two processes may bundle at once: neither must see half a file, nor a file change under it. */
function writeIfChanged(path: string, contents: Uint8Array): void {
  if (isSame(path, contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const half = `${path}.${process.pid}`;
  writeFileSync(half, contents);
  renameSync(half, path);
}

function isSame(path: string, contents: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(contents);
  } catch {
    return false;
  }
}
