import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'app-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** bin/app.ts as `cdk synth` starts it. */
function runApp(name: string, settings: Record<string, unknown>) {
  const { context } = require('../../../cdk.json') as { context: Record<string, unknown> };
  const outDir = join(folder, name);
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      CDK_OUTDIR: outDir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...settings }),
    },
  });
  return { status, stderr, outDir };
}

test('synthesizes the stack with the real handlers, and nag has nothing to say', () => {
  const { status, stderr, outDir } = runApp('good', {
    allowedSources: 'my-lake/events/',
    memorySizes: '1024,1769',
  });
  expect(stderr).not.toMatch(/ERROR|WARN/);
  expect(status).toBe(0);
  const template = readFileSync(join(outDir, 'S3FetchTuner.template.json'), 'utf8');
  expect(template).toContain('TunerFetch1024Function');
  expect(template).toContain(':s3:::my-lake/events/*');
});

test('a setting that cannot be meant ends in one line, and no template is written', () => {
  const { status, stderr, outDir } = runApp('refused', { allowedSources: '*' });
  expect(stderr).toBe('allowedSources: "*" is a pattern: name each bucket; write BUCKET or BUCKET/PREFIX\n');
  expect(status).toBe(1);
  expect(existsSync(join(outDir, 'S3FetchTuner.template.json'))).toBe(false);
});
