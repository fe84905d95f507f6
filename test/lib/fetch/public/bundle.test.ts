import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync, type Metafile } from 'esbuild';

const root = join(__dirname, '..', '..', '..', '..');
let folder: string;
let bundle: string;
let metafile: Metafile;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-bundle-'));
  bundle = join(folder, 'engine.mjs');
  ({ metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: ['lib/fetch/index.ts'],
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@aws-sdk/*'],
    metafile: true,
  }));
});

afterAll(() => rmSync(folder, { recursive: true }));

test('the engine is at most 40 KiB', () => {
  expect(statSync(bundle).size).toBeLessThanOrEqual(40 * 1024);
});

test('it holds sources of its own folder only', () => {
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.length).toBeGreaterThan(10);
  expect(inputs.filter((path) => !path.startsWith('lib/fetch/'))).toEqual([]);
});

test('of what it leaves outside, only Node itself is imported at once', () => {
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = (wanted: 'import-statement' | 'dynamic-import') =>
    new Set(imports.filter(({ kind }) => kind === wanted).map(({ path }) => path));
  expect([...names('import-statement')].filter((path) => !path.startsWith('node:'))).toEqual([]);
  expect([...names('dynamic-import')]).toEqual(['@aws-sdk/client-s3']);
});

test('its interface is there in a process of its own, in which no SDK can be found', () => {
  const code = `console.log(Object.keys(await import(${JSON.stringify(pathToFileURL(bundle).href)})).join())`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder });
  expect(printed.toString().trim()).toBe('fetchObject,fetchObjects,streamObject');
});
