import { build } from 'esbuild';
import { basename, join } from 'node:path';
import type { Argv, SectionClient } from './bench-client-kind';

/** A client in Node: bundled first, so that its process pays for no TypeScript and for no other client's imports. */
export function nodeClient(entry: string): SectionClient {
  return { measures: 'section', argv: (folder) => bundle(entry, folder) };
}

export async function bundle(entry: string, folder: string): Promise<Argv> {
  const outfile = join(folder, `${basename(entry, '.ts')}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    // What CommonJS dependencies expect to find.
    banner: { js: requireFromHere },
  });
  return [process.execPath, outfile];
}

const requireFromHere =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";
