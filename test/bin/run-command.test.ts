import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '../../lib/summary/summary';
import { startWatchedS3, watchedBucket, type WatchedS3 } from '../local/machine/watched-s3';
import { filesBelow, recordsOnDisk } from '../local/machine/run-files';
import { cliFolder, environmentFor, startCli } from './start-cli';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const keys = ['one', 'two'];
let watched: WatchedS3;
let folder: Awaited<ReturnType<typeof cliFolder>>;

beforeAll(async () => {
  watched = await startWatchedS3();
  for (const key of keys) await watched.put(`data/${key}`, key);
  folder = await cliFolder();
});

afterAll(async () => {
  await watched?.close();
  folder?.remove();
});

beforeEach(() => watched.reset());

const run = (...flags: string[]) => {
  const { source } = watched;
  const where = ['--endpoint', source.endpoint, '--bucket', watchedBucket, '--num', '1', '--warmup', '0'];
  const env = environmentFor(source);
  return startCli(['run', ...where, ...flags], { cwd: folder.path, env }).ended;
};

const runFolderIn = (stdout: string) => /^run folder: (.+)$/m.exec(stdout)![1]!;

describe('s3-fetch-tuner run', () => {
  it('runs twice at once in one folder: as JSON with exit 0, as a table with a broken threshold and exit 1', async () => {
    const prefix = ['--prefix', 'data/', '--strategies', 'sequential,concurrent'];
    const [json, table] = await Promise.all([
      run(...prefix, '--json'),
      run(...prefix, '--thresholds', 'failed=0,p99Ms=0', '--out', 'elsewhere'),
    ]);
    expect(json).toMatchObject({ code: 0, stderr: '' });
    const summary = JSON.parse(json.stdout) as Summary;
    expect(summary).toMatchObject({ version: 1, status: 'complete', records: { expected: 4, fetched: 4 } });
    const kept = join(folder.path, 'runs', summary.runId);
    expect(json.stdout).toBe(readFileSync(join(kept, 'summary.json'), 'utf8'));
    expect(recordsOnDisk(kept)).toHaveLength(4);
    // The S3 of the user is only read, and what opens it is written nowhere.
    expect([...watched.operations].toSorted()).toEqual(['GetObject', 'ListObjectsV2']);
    const { secretAccessKey } = watched.source.credentials;
    for (const file of filesBelow(kept))
      expect(readFileSync(join(kept, file), 'utf8')).not.toContain(secretAccessKey);

    expect(table).toMatchObject({ code: 1, stderr: '' });
    expect(table.stdout).toMatch(/^threshold broken: p99Ms of concurrent-8-direct is [\d.]+, limit 0$/m);
    expect(table.stdout).not.toMatch(/threshold broken: failed/);
    // Nothing moves and nothing is coloured where nobody watches.
    for (const control of ['\x1b', '\r']) expect(table.stdout).not.toContain(control);
    expect(table.stdout).not.toMatch(/^\S+ +(start|finish) /m);
    const elsewhere = runFolderIn(table.stdout);
    expect(elsewhere.startsWith(join(folder.path, 'elsewhere'))).toBe(true);
    expect(existsSync(join(elsewhere, 'plan.json'))).toBe(true);

    const again = await startCli(['report', elsewhere], { cwd: folder.path }).ended;
    expect(again).toEqual({ code: 1, stdout: table.stdout.replace(/^run folder.*\n/m, ''), stderr: '' });
  });

  it('exits 1 where an object is not there, and fetches the others', async () => {
    const { code, stdout, stderr } = await run(
      '--keys',
      'data/one,data/none',
      '--strategies',
      'sequential',
      '--json',
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'complete',
      records: { fetched: 1, failed: 1, missing: 0 },
      failures: [{ index: 1, key: 'data/none', failure: { code: 'NoSuchKey' } }],
    });
  });

  it('plans and stops with --dry-run', async () => {
    const { code, stdout } = await run('--prefix', 'data/', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('a dry run: nothing was fetched');
    expect(watched.gets).toEqual([]);
    const plan = JSON.parse(readFileSync(join(runFolderIn(stdout), 'plan.json'), 'utf8')) as object;
    expect(plan).toMatchObject({ objects: { count: 2, bytes: 6 }, estimate: { getRequests: 8 } });
  });

  it('exits 2 where only the planner can refuse, in the same words', async () => {
    const { code, stdout, stderr } = await run('--prefix', 'nothing/');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      `refused: prefix no object of bucket ${watchedBucket} has a key that begins with "nothing/"\n` +
        '  write the prefix of objects that exist, such as "prefix":"data/"\n',
    );
  });
});
