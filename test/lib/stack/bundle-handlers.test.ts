import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildHandlers, handlerNames } from '../../../lib/stack/build-handlers';
import { builtHandlers, bundleHandlers } from '../../../lib/stack/bundle-handlers';

const root = mkdtempSync(join(tmpdir(), 'bundle-'));
afterAll(() => rmSync(root, { recursive: true }));

const sources = resolve(__dirname, '../../../lambda');
const built = join(root, 'built');
const metafile = buildHandlers(sources, built);

/** A third above what they weigh: below it, growth is a choice; above it, something slipped in. */
const budgetBytes = { plan: 650_000, fetch: 620_000, summarize: 650_000, api: 700_000 };

test.each(handlerNames)('%s holds no CDK and keeps within its budget', (name) => {
  const [, output] = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`${name}/index.mjs`))!;
  const inputs = Object.keys(output.inputs);
  expect(inputs.filter((path) => /aws-cdk-lib|constructs|cdk-nag|esbuild/.test(path))).toEqual([]);
  expect(inputs.some((path) => path.endsWith(`lambda/${name}.ts`))).toBe(true);
  expect(output.bytes).toBeLessThan(budgetBytes[name]);
});

test.each(handlerNames)('%s loads by itself and exports its handler', (name) => {
  const url = pathToFileURL(join(built, name, 'index.mjs')).href;
  const script = `import(${JSON.stringify(url)}).then((m) => process.stdout.write(typeof m.handler))`;
  const env = {
    PATH: process.env['PATH'],
    AWS_REGION: 'us-east-1',
    RUNS_BUCKET: 'runs',
    ALLOWED_SOURCES: '[]',
    FETCH_FUNCTIONS: '{}',
    STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:123456789012:stateMachine:x',
  };
  expect(execFileSync(process.execPath, ['-e', script], { cwd: root, env, stdio: 'pipe' }).toString()).toBe(
    'function',
  );
});

test('the same sources give the same files, and an unchanged file is not touched', () => {
  const path = join(built, 'plan', 'index.mjs');
  const before = statSync(path, { bigint: true });
  buildHandlers(sources, built);
  const after = statSync(path, { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  expect(readdirSync(join(built, 'plan'))).toEqual(['index.mjs']);
});

describe('a package', () => {
  const newPackage = (name: string) => {
    const folder = join(root, name);
    mkdirSync(join(folder, 'lambda'), { recursive: true });
    return folder;
  };
  const write = (folder: string, file: (name: string) => string, text: string) => {
    for (const name of handlerNames) {
      mkdirSync(join(folder, file(name), '..'), { recursive: true });
      writeFileSync(join(folder, file(name)), text);
    }
  };

  test('with sources is bundled from them, once', () => {
    const folder = newPackage('sources');
    write(folder, (name) => `lambda/${name}.ts`, 'export const handler = async (): Promise<number> => 1;');
    const handlers = bundleHandlers(folder);
    expect(Object.keys(handlers)).toEqual([...handlerNames]);
    expect(existsSync(join(handlers.fetch, 'index.mjs'))).toBe(true);
    rmSync(join(folder, 'lambda'), { recursive: true });
    expect(bundleHandlers(folder)).toBe(handlers);
  });

  test('without sources uses what was built', () => {
    const folder = newPackage('prebuilt');
    write(folder, (name) => `dist/lambda/${name}/index.mjs`, 'export const handler = async () => 1;');
    expect(bundleHandlers(folder).api).toBe(join(folder, 'dist', 'lambda', 'api'));
  });

  test('with neither is refused, and the missing ones are named', () => {
    expect(() => bundleHandlers(newPackage('empty'))).toThrow('no bundle of plan, fetch, summarize, api');
    const folder = newPackage('half');
    write(folder, (name) => `${name}/index.mjs`, '');
    rmSync(join(folder, 'api'), { recursive: true });
    expect(() => builtHandlers(folder)).toThrow('no bundle of api:');
  });
});
