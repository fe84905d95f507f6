import { samplePrefix as seededPrefix } from '../../../lib/run/sample-objects';
import { samplePrefix } from '../../../lib/stack/bucket-statements';
import { synthesize } from './synthesize';
import { readable, resource, resources } from './template-reader';

const template = synthesize({
  memorySizes: [3008, 1024, 1769, 1024],
  allowedSources: [{ bucketName: 'my-lake', prefix: 'events/' }, { bucketName: 'open-data' }],
});
const functions = resources(template, 'AWS::Lambda::Function');
const ids = functions.map(([id]) => id.replace(/^Tuner(.*)Function.*$/, '$1'));

function propertiesOf(id: string): Record<string, unknown> {
  return resource(template, 'AWS::Lambda::Function', `Tuner${id}Function`).Properties;
}

function environmentOf(id: string): Record<string, string> {
  const { Variables } = propertiesOf(id)['Environment'] as { Variables: Record<string, unknown> };
  return Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, readable(value)]));
}

test('there is a fetch function for each memory size, once', () => {
  expect(ids.sort()).toEqual(['Api', 'Fetch1024', 'Fetch1769', 'Fetch3008', 'Plan', 'Summarize']);
  for (const size of [1024, 1769, 3008]) expect(propertiesOf(`Fetch${size}`)['MemorySize']).toBe(size);
});

test('without memory sizes there is one with a whole vCPU', () => {
  const names = resources(synthesize(), 'AWS::Lambda::Function').map(([id]) => id.replace(/Function.*/, ''));
  expect(names.sort()).toEqual(['TunerApi', 'TunerFetch1769', 'TunerPlan', 'TunerSummarize']);
});

test.each(ids)('%s runs on Node 24 and ARM, logs JSON, and is traced', (id) => {
  expect(propertiesOf(id)).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', LogGroup: expect.anything() },
    TracingConfig: { Mode: 'Active' },
  });
  expect(propertiesOf(id)).not.toHaveProperty('ReservedConcurrentExecutions');
});

test.each([
  ['Plan', 1769, 900],
  ['Fetch1769', 1769, 900],
  ['Summarize', 1769, 900],
  ['Api', 512, 29],
])('%s has %d MB and %d s', (id, MemorySize, Timeout) => {
  expect(propertiesOf(id)).toMatchObject({ MemorySize, Timeout });
});

test('fetch functions of all sizes are the same code', () => {
  expect(propertiesOf('Fetch1024')['Code']).toEqual(propertiesOf('Fetch3008')['Code']);
  expect(propertiesOf('Fetch1024')['Code']).not.toEqual(propertiesOf('Plan')['Code']);
});

test('concurrency is reserved for fetching alone', () => {
  const reserved = synthesize({ fetchReservedConcurrency: 40 });
  const counts = resources(reserved, 'AWS::Lambda::Function').map(([id, { Properties }]) => [
    id.includes('Fetch'),
    Properties['ReservedConcurrentExecutions'],
  ]);
  expect(counts.filter(([, count]) => count !== undefined)).toEqual([[true, 40]]);
});

test('handlers are told the bucket, the sources and each other', () => {
  const sources =
    '[{"bucket":"my-lake","prefix":"events/"},{"bucket":"open-data","prefix":""},{"bucket":"<RunsBucket>","prefix":"sample_files/"}]';
  expect(environmentOf('Plan')).toEqual({
    RUNS_BUCKET: '<RunsBucket>',
    ALLOWED_SOURCES: sources,
    FETCH_FUNCTIONS:
      '{"1024":"<Fetch1024Function.Arn>","1769":"<Fetch1769Function.Arn>","3008":"<Fetch3008Function.Arn>"}',
  });
  expect(environmentOf('Fetch1024')).toEqual({ RUNS_BUCKET: '<RunsBucket>', ALLOWED_SOURCES: sources });
  expect(environmentOf('Summarize')).toEqual({ RUNS_BUCKET: '<RunsBucket>' });
  expect(environmentOf('Api')).toEqual({
    RUNS_BUCKET: '<RunsBucket>',
    ALLOWED_SOURCES: sources,
    STATE_MACHINE_ARN: '<MachineStateMachine>',
  });
});

test('the sample objects that may be read are those that are seeded', () => {
  expect(samplePrefix).toBe(seededPrefix);
});
