import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { parseObjects } from '../../../lib/run/planned-object';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '../../../lib/summary/summary';
import { runToEnd } from './rest-client';
import { filesBelow, parseRecords } from './run-files';
import { startMachine, type StartedMachine } from './start-machine';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const bucket = 'hostile-keys';
const keys = [
  'plain',
  'a b',
  'a//b',
  '//',
  '/leading',
  'a/./b',
  '../x',
  'a/../../../x',
  '+plus+',
  '%2F',
  '100%',
  '?query=1&a#fragment',
  'new\nline',
  'tab\tand\rreturn',
  '"double" \'single\' `back`',
  '<xml>&amp;',
  'back\\slash',
  '$(id);{}|',
  'naïve/日本語/🚀',
  '\u202Ereversed',
  '__proto__',
  'é'.repeat(512),
  'k'.repeat(1024),
];

let started: StartedMachine;

beforeAll(async () => {
  started = await startMachine();
  await started.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await Promise.all(keys.map((key) => started.put(bucket, key, `body of ${key}`)));
});

afterAll(() => started?.close());

async function recordsOf(runId: unknown) {
  const records = parseRecords((await started.rest('GET', `/runs/${String(runId)}/records`)).text);
  return records.toSorted((a, b) => a.index - b.index);
}

const inByteOrder = (list: readonly string[]) =>
  list.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

describe('keys that only S3 could love', () => {
  it('are planned by prefix, fetched by every strategy, and recorded as they are', async () => {
    const ended = await runToEnd(started.rest, { bucket, num: 1, warmup: 0, concurrency: [4] });
    const { records, failures } = ended['summary'] as Summary;
    expect(failures).toEqual([]);
    expect(records).toMatchObject({ fetched: 4 * keys.length, failed: 0, foreign: 0 });
    const all = await recordsOf(ended['runId']);
    const trials = new Set(all.map(({ trial }) => trial));
    expect(trials.size).toBe(4);
    for (const of of trials) {
      const ofTrial = all.filter(({ trial }) => trial === of);
      expect(ofTrial.map(({ key }) => key)).toEqual(inByteOrder(keys));
      for (const { key, bytes } of ofTrial) expect(bytes).toBe(Buffer.byteLength(`body of ${key}`));
    }
    const folder = join(started.outDir, String(ended['runId']));
    const planned = parseObjects(readFileSync(join(folder, 'objects.jsonl'), 'utf8'));
    expect(planned.map(({ key }) => key)).toEqual(inByteOrder(keys));
    // No key became a path on disk.
    expect(filesBelow(started.outDir).every((path) => path.startsWith(`${String(ended['runId'])}/`))).toBe(
      true,
    );
  });

  it('are fetched by name too, and the report shows them on one line', async () => {
    const named = keys.filter((key) => key.length < 100);
    const missing = 'gone\n\x1b[31m';
    const request = { bucket, keys: [...named, missing], strategies: ['concurrent'], num: 1, warmup: 0 };
    const ended = await runToEnd(started.rest, request);
    expect(ended).toMatchObject({
      status: 'complete',
      summary: {
        records: { fetched: named.length, failed: 1, missing: 0 },
        failures: [{ index: named.length, key: missing, failure: { code: 'NoSuchKey' }, times: 1 }],
        verdict: { winner: null },
      },
    });
    const records = await recordsOf(ended['runId']);
    expect(records.map(({ key }) => key)).toEqual([...named, missing]);
    expect(records.at(-1)).toMatchObject({ outcome: 'failed', sizeBytes: null, attempts: [{ status: 404 }] });
    const report = await started.rest('GET', `/runs/${String(ended['runId'])}/report`);
    expect(report.text).toContain('gone\\u{a}\\u{1b}[31m: NoSuchKey');
  });
});
