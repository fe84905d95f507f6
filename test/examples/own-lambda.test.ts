import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';

const root = join(__dirname, '..', '..');
const example = join(root, 'examples', 'own-lambda');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
let out: string;

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'own-lambda-'));
});

afterAll(() => rmSync(out, { recursive: true }));

test('its sources have the right types', () => {
  expect(() => execFileSync(bin('tsc'), ['--noEmit', '-p', example], { stdio: 'pipe' })).not.toThrow();
});

test('it synthesizes a Lambda that holds the engine and may read one bucket', () => {
  const args = ['synth', '--quiet', '-c', 'bucket=my-lake', '-o', out, '--app', `"${bin('tsx')}" app.ts`];
  execFileSync(bin('cdk'), args, { cwd: example, stdio: 'pipe', env: { ...process.env, CI: 'true' } });
  const template = Template.fromJSON(
    JSON.parse(readFileSync(join(out, 'OwnLambda.template.json'), 'utf8')) as object,
  );
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { BUCKET: 'my-lake' } },
  });
  const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));
  expect(policies).toContain(':s3:::my-lake');
  expect(policies).not.toContain('Put');
  expect(statSync(join(example, 'bundle', 'index.mjs')).size).toBeLessThan(48 * 1024);
});
