import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { BenchResults } from '../../bench/results/bench-results';

const run = promisify(execFile);
const program = resolve(__dirname, '../../bench/bench.ts');

jest.setTimeout(120_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function bench(...args: string[]): Promise<{ results: BenchResults; stdout: string }> {
  const out = join(folder, 'results.json');
  const argv = ['--import', 'tsx', program, '--quick', ...args, '--out', out];
  // Its own temporary folder shows what it leaves behind.
  const { stdout } = await run(process.execPath, argv, { env: { ...process.env, TMPDIR: folder } });
  return { results: JSON.parse(await readFile(out, 'utf8')) as BenchResults, stdout };
}

test('a quick run reads every object with each client, and writes rows of the agreed form', async () => {
  const { results, stdout } = await bench('--workload', 'W3', '--client', 'direct,sdk', '--scheme', 'http');

  expect(results.failures).toEqual([]);
  expect(results.quick).toBe(true);
  expect(Date.parse(results.date)).not.toBeNaN();
  expect(results.machine).toContain(process.version);
  const names = results.rows.map(({ workload, scheme, checksum, client }) =>
    [workload, scheme, checksum, client].join(' '),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['W3 http crc64nvme direct', 'W3 http crc64nvme sdk']));
  const figures = { median: expect.any(Number), min: expect.any(Number), max: expect.any(Number) };
  for (const row of [...results.rows, ...results.otherServers]) {
    expect(row).toMatchObject({ runs: 1, cpuSeconds: figures, wallSeconds: figures, measures: 'section' });
    expect(row.cpuSeconds.median).toBeGreaterThan(0);
    expect(row.processCpuSeconds.median).toBeGreaterThan(row.cold!.cpuSeconds.median);
    expect(row.verified).toBe(row.checksum === 'crc64nvme');
  }
  expect(stdout).toContain('not judged');
  // Node's own caches may be there, the bench's folder not.
  expect((await readdir(folder)).filter((name) => name.startsWith('s3-fetch-tuner'))).toEqual([]);
});

test('the tail is measured for the engine with and without hedging', async () => {
  const { results } = await bench('--workload', 'tail');

  expect(results.rows).toEqual([]);
  expect(results.tail.map(({ stall, client }) => `${stall} ${client}`)).toEqual([
    'headers sdk',
    'headers direct',
    'headers direct-hedged',
    'body sdk',
    'body direct',
    'body direct-hedged',
  ]);
  for (const { client, objects, objectMs, extraRequests } of results.tail) {
    expect(objects).toBe(200);
    // Whoever asks once waits for each of the server's stalls, and asks no more than once.
    if (client !== 'direct-hedged') {
      expect(objectMs.max).toBeGreaterThanOrEqual(300);
      expect(extraRequests).toBe(0);
    }
  }
});

test('a usage that is wrong is refused before anything runs', async () => {
  const refused = run(process.execPath, ['--import', 'tsx', program, '--workload', 'W9']);
  await expect(refused).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('W9'), stdout: '' });
});
