import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { median } from './results/spread';

export interface EngineInit {
  /** CPU milliseconds of the import alone: medians, less that of an empty module. */
  engineMs: number;
  sdkMs: number;
  /** Engine over SDK; the goal is a quarter at most. */
  ratio: number;
}

const root = join(__dirname, '..');
const sdkPath = join(root, 'node_modules', '@aws-sdk', 'client-s3');

/** What it costs a cold start to import the engine, beside the SDK's client: a new process each, in turns. */
export function benchEngineInit(rounds = 15): EngineInit {
  const folder = mkdtempSync(join(tmpdir(), 'engine-init-'));
  try {
    const modules = {
      empty: bundled(folder, 'empty', 'export {};', []),
      // As in a Lambda: the SDK is there, and the engine asks for it only where the environment says too little.
      engine: bundled(folder, 'engine', `export * from '${root}/lib/fetch/index';`, ['@aws-sdk/*']),
      sdk: bundled(folder, 'sdk', `export { GetObjectCommand, S3Client } from '${sdkPath}';`, []),
    };
    const cpuMs = { empty: [] as number[], engine: [] as number[], sdk: [] as number[] };
    const names = Object.keys(modules) as (keyof typeof modules)[];
    // Round 0 fills the page cache.
    for (let round = 0; round <= rounds; round++)
      for (const name of names) {
        const ms = importCpuMs(modules[name]);
        if (round > 0) cpuMs[name].push(ms);
      }
    const [base, engine, sdk] = [median(cpuMs.empty), median(cpuMs.engine), median(cpuMs.sdk)];
    return { engineMs: engine - base, sdkMs: sdk - base, ratio: (engine - base) / (sdk - base) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bundled(folder: string, name: string, contents: string, external: string[]): string {
  const outfile = join(folder, `${name}.mjs`);
  buildSync({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    external,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    banner: { js: requireFromHere },
  });
  return outfile;
}

// What CommonJS dependencies expect to find.
const requireFromHere =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** The CPU of a whole process that imports the module and ends. */
function importCpuMs(module: string): number {
  const code = `await import(${JSON.stringify(pathToFileURL(module).href)}); const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }));
}

if (require.main === module) {
  const { engineMs, sdkMs, ratio } = benchEngineInit();
  process.stdout.write(
    `CPU of importing, milliseconds: engine ${engineMs.toFixed(1)}, SDK ${sdkMs.toFixed(1)}; ` +
      `ratio 1/${(1 / ratio).toFixed(1)} (goal: 1/4 or less)\n`,
  );
  process.exitCode = ratio > 1 / 4 ? 1 : 0;
}
