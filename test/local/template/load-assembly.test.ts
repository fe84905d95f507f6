import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAssembly } from '../../../local/template/load-assembly';
import { loadWritten } from './written-assembly';

const code = { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}-${AWS::Region}' }, S3Key: 'abc.zip' };
const plan = {
  Type: 'AWS::Lambda::Function',
  Properties: { Code: code, Handler: 'index.handler', Runtime: 'nodejs24.x' },
};
const machine = {
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: { RoleArn: { 'Fn::GetAtt': ['MachineRole', 'Arn'] }, DefinitionString: '{}' },
};
const role = { Type: 'AWS::IAM::Role', Properties: {} };

test('a function has its bundle, its settings and its environment', async () => {
  const loaded = await loadWritten({
    assets: { 'abc.zip': '' },
    resources: {
      Runs: { Type: 'AWS::S3::Bucket' },
      Plan: {
        ...plan,
        Properties: {
          ...plan.Properties,
          MemorySize: 1769,
          Timeout: 900,
          ReservedConcurrentExecutions: 40,
          Environment: {
            Variables: { BUCKET: { Ref: 'Runs' }, LIMIT: 5, NONE: { Ref: 'AWS::NoValue' } },
          },
        },
      },
    },
  });
  expect(loaded.functions).toEqual([
    {
      name: 'Demo-Plan',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:Demo-Plan',
      codeDir: join(loaded.dir, 'asset.0'),
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      timeoutSeconds: 900,
      memorySizeMb: 1769,
      environment: { BUCKET: 'demo-runs', LIMIT: '5' },
      reservedConcurrency: 40,
    },
  ]);
  expect(loaded.buckets).toEqual([{ logicalId: 'Runs', name: 'demo-runs' }]);
  expect(loaded.restApi).toBeNull();
});

test("what the template leaves out is as Lambda's own defaults", async () => {
  const { functions } = await loadWritten({ assets: { 'abc.zip': '' }, resources: { Plan: plan } });
  expect(functions).toMatchObject([{ timeoutSeconds: 3, memorySizeMb: 128, environment: {} }]);
  expect(functions[0]).not.toHaveProperty('reservedConcurrency');
});

test('names are those of the template, else made from the logical id, cut where a service has a limit', async () => {
  const long = 'A'.repeat(100);
  const resources = {
    [long]: plan,
    Own: { ...plan, Properties: { ...plan.Properties, FunctionName: 'mine' } },
  };
  const first = await loadWritten({ assets: { 'abc.zip': '' }, resources });
  const again = await loadWritten({ assets: { 'abc.zip': '' }, resources });
  expect(first.functions.map((it) => it.name)).toEqual(again.functions.map((it) => it.name));
  expect(first.functions[0]?.name).toHaveLength(64);
  expect(first.functions[1]?.name).toBe('mine');
});

test.each<{ what: string; properties: object; assets: Record<string, string> }>([
  { what: 'a text', properties: { DefinitionString: '{"Resource":"${Plan}","At":"$.x"}' }, assets: {} },
  { what: 'an object', properties: { Definition: { Resource: '${Plan}', At: '$.x' } }, assets: {} },
  {
    what: 'an asset',
    properties: { DefinitionS3Location: { Bucket: 'b', Key: 'machine.json' } },
    assets: { 'machine.json': '{"Resource":"${Plan}","At":"$.x"}' },
  },
])('a state machine from $what has its substitutions in place', async ({ properties, assets }) => {
  const { stateMachines } = await loadWritten({
    assets: { 'abc.zip': '', ...assets },
    resources: {
      Plan: plan,
      MachineRole: role,
      Machine: {
        ...machine,
        Properties: {
          RoleArn: { 'Fn::GetAtt': ['MachineRole', 'Arn'] },
          DefinitionSubstitutions: { Plan: { 'Fn::GetAtt': ['Plan', 'Arn'] } },
          ...properties,
        },
      },
    },
  });
  expect(stateMachines).toMatchObject([
    {
      name: 'Demo-Machine',
      arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Demo-Machine',
      roleArn: 'arn:aws:iam::123456789012:role/Demo-MachineRole',
      type: 'STANDARD',
    },
  ]);
  const definition: unknown = JSON.parse(stateMachines[0]!.definition);
  expect(definition).toEqual({
    Resource: 'arn:aws:lambda:us-east-1:123456789012:function:Demo-Plan',
    At: '$.x',
  });
});

test.each([
  { definition: '{"a":"${Missing}"}', says: /Machine: DefinitionSubstitutions has no Missing/ },
  { definition: '{', says: /Machine: the definition is not JSON/ },
])('a definition of $definition is refused by name', async ({ definition, says }) => {
  const Machine = { ...machine, Properties: { ...machine.Properties, DefinitionString: definition } };
  await expect(loadWritten({ resources: { MachineRole: role, Machine } })).rejects.toThrow(says);
});

test('a helper of the deployment that cannot run here is left out, one that is called is refused', async () => {
  const Helper = { ...plan, Properties: { ...plan.Properties, Runtime: 'python3.13' } };
  const resources = { Plan: plan, Helper, MachineRole: role };
  const { functions } = await loadWritten({ assets: { 'abc.zip': '' }, resources });
  expect(functions.map((it) => it.name)).toEqual(['Demo-Plan']);
  const called = { 'Fn::Sub': '{"Resource":"${Helper.Arn}"}' };
  const Machine = { ...machine, Properties: { ...machine.Properties, DefinitionString: called } };
  await expect(
    loadWritten({ assets: { 'abc.zip': '' }, resources: { ...resources, Machine } }),
  ).rejects.toThrow(/Helper: no runtime python3\.13 on this machine/);
});

test('a resource whose condition is false is not there', async () => {
  const template = {
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Conditions: { Production: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: {
      Kept: { Type: 'AWS::S3::Bucket' },
      Dropped: { Type: 'AWS::S3::Bucket', Condition: 'Production' },
    },
  };
  expect((await loadWritten({ template })).buckets.map((it) => it.logicalId)).toEqual(['Kept']);
});

test('outputs are told, those that only a deployment knows are left out', async () => {
  const template = {
    Outputs: {
      Bucket: { Value: { 'Fn::GetAtt': ['Runs', 'Arn'] } },
      Other: { Value: { 'Fn::ImportValue': 'x' } },
    },
  };
  const { outputs } = await loadWritten({ resources: { Runs: { Type: 'AWS::S3::Bucket' } }, template });
  expect(outputs).toEqual({ Bucket: 'arn:aws:s3:::demo-runs' });
});

test('without a synthesized stack the refusal says what to do', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'no-assembly-'));
  await expect(loadAssembly(dir)).rejects.toThrow(/no manifest\.json .*: run `npx cdk synth` first/);
  await writeFile(join(dir, 'manifest.json'), '{"artifacts":{}}');
  await expect(loadAssembly(dir)).rejects.toThrow(/exactly one stack is needed, found none/);
  await rm(dir, { recursive: true });
});
