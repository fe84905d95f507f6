import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { killFetchSandboxes } from '../local/machine/kill-sandbox';
import { patientFlag, startWatchedS3, watchedBucket, type WatchedS3 } from '../local/machine/watched-s3';
import { cliFolder, environmentFor, startCli } from './start-cli';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const keys = ['1', '2', '3'];
let watched: WatchedS3;
let folder: Awaited<ReturnType<typeof cliFolder>>;

beforeAll(async () => {
  watched = await startWatchedS3();
  for (const key of keys) await watched.put(key, key);
  folder = await cliFolder();
});

afterAll(async () => {
  await watched?.close();
  folder?.remove();
});

beforeEach(() => watched.reset());

function start(...flags: string[]) {
  const { source } = watched;
  const where = ['--endpoint', source.endpoint, '--bucket', watchedBucket, '--keys', keys.join(',')];
  return startCli(
    ['run', ...where, '--strategies', 'sequential', '--warmup', '0', ...patientFlag, ...flags],
    {
      cwd: folder.path,
      env: environmentFor(source),
    },
  );
}

/** Holds every GET after the first so many; resolves `reached` when one is held. */
function holdAfter(count: number) {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const reached = new Promise<void>((resolve) => {
    watched.beforeGet = () => {
      if (watched.gets.length <= count) return undefined;
      resolve();
      return released;
    };
  });
  return { reached, release };
}

describe('Ctrl-C in the middle of a run', () => {
  it('ends it with a summary of what there is, and exit 3', async () => {
    const { reached, release } = holdAfter(4);
    const cli = start('--num', '20', '--json');
    await reached;
    cli.kill('SIGINT');
    await cli.said(/stopping: what runs now ends first/);
    release();
    const { code, stdout } = await cli.ended;
    expect(code).toBe(3);
    const summary = JSON.parse(stdout) as { runId: string };
    expect(summary).toMatchObject({
      status: 'stopped',
      records: { expected: 60, fetched: 6, missing: 54 },
      variants: [{ trials: 2, complete: false }],
      verdict: { winner: null },
    });
    const kept = join(folder.path, 'runs', summary.runId);
    expect(existsSync(join(kept, 'summary.json'))).toBe(true);
    const report = await startCli(['report', kept, '--json'], { cwd: folder.path }).ended;
    expect(report).toEqual({ code: 3, stdout, stderr: '' });
  });

  it('twice ends it at once', async () => {
    const { reached, release } = holdAfter(0);
    const cli = start('--num', '20');
    await reached;
    cli.kill('SIGINT');
    await cli.said(/stopping/);
    cli.kill('SIGINT');
    expect((await cli.ended).code).toBe(130);
    release();
  });
});

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;

linuxOnly('a Lambda that is killed twice', () => {
  it('leaves an incomplete run and exit 3', async () => {
    let cliPid = 0;
    watched.beforeGet = (key) => {
      if (key === '2') killFetchSandboxes(cliPid);
    };
    const cli = start('--num', '1', '--json');
    cliPid = cli.pid;
    const { code, stdout } = await cli.ended;
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'incomplete',
      records: { expected: 3, fetched: 0, missing: 3 },
      failures: [{ failure: { code: 'NoRecord' } }, {}, {}],
    });
  });
});
