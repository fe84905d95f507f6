import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { isPresent } from '../local/machine/run-program';
import { until } from '../local/machine/until';
import {
  barrier,
  patientFlag,
  startWatchedS3,
  watchedBucket,
  type WatchedS3,
} from '../local/machine/watched-s3';
import { cliCommand, cliFolder, endAfterTests, environmentFor } from './start-cli';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

const keys = ['a', 'b', 'c'];
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

// util-linux's: it gives the command a terminal and writes what is drawn there.
const hasScript = isPresent('script', '-qec', 'true', '/dev/null');

/** The command in a terminal of its own: what is drawn there, and what is typed into it. */
function inTerminal(args: string[], env: NodeJS.ProcessEnv = {}) {
  // A shell in between would end of the signal itself.
  const command = `exec ${[...cliCommand, ...args].map((word) => `'${word}'`).join(' ')}`;
  const child = spawn('script', ['-qec', command, join(folder.path, 'typescript')], {
    cwd: folder.path,
    env: { ...environmentFor(watched.source), SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  endAfterTests(child);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const ended = new Promise<{ code: number | null; stdout: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout }));
  });
  return { ended, type: (text: string) => void child.stdin.write(text), drawn: () => stdout };
}

const run = () => [
  'run',
  '--endpoint',
  watched.source.endpoint,
  '--bucket',
  watchedBucket,
  '--warmup',
  '0',
  ...patientFlag,
];

(hasScript ? describe : describe.skip)('a run in a terminal', () => {
  it('shows each start and finish as it happens: in turns, and interleaved', async () => {
    // Sequential trials have three GETs; what comes then waits until all three are asked.
    const atOnce = barrier(3);
    watched.beforeGet = () => (watched.gets.length > 3 ? atOnce() : undefined);
    const sequentialFirst = ['--strategies', 'sequential,concurrent', '--seed', '1'];
    const { code, stdout } = await inTerminal([
      ...run(),
      ...sequentialFirst,
      '--num',
      '1',
      '--concurrency',
      '3',
    ]).ended;
    expect(code).toBe(0);
    expect(stdout).toContain('\x1b[32m');
    const lines = stripVTControlCharacters(stdout).split(/[\r\n]+/);
    const shown = lines.flatMap(
      (line) => /^(\w+)-\S+ +(start|finish) +(\w)\b/.exec(line)?.slice(1).join(' ') ?? [],
    );
    const ofSequential = shown.filter((line) => line.startsWith('sequential'));
    expect(ofSequential).toEqual(
      keys.flatMap((key) => [`sequential start ${key}`, `sequential finish ${key}`]),
    );
    const ofConcurrent = shown.filter((line) => line.startsWith('concurrent'));
    expect(ofConcurrent.slice(0, 3)).toEqual(keys.map((key) => `concurrent start ${key}`));
    expect(ofConcurrent.slice(3).toSorted()).toEqual(keys.map((key) => `concurrent finish ${key}`));
    expect(stdout).toMatch(/trial 2 of 2, 6 of 6 fetches, \d+ s/);
  });

  it('lets what runs end at Ctrl-C, which the terminal sends to every process of the command', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const reached = new Promise<void>((resolve) => {
      watched.beforeGet = () => {
        resolve();
        return released;
      };
    });
    const typed = inTerminal([...run(), '--strategies', 'sequential', '--num', '9']);
    await reached;
    typed.type('\x03');
    await until(() => (typed.drawn().includes('stopping: what runs now ends first') ? true : null));
    release();
    const { code, stdout } = await typed.ended;
    expect(code).toBe(3);
    expect(stdout).toContain('3 of 27 fetched, 0 failed, 24 without a record; run stopped');
  });

  it('draws no colours where NO_COLOR says so', async () => {
    const { code, stdout } = await inTerminal(['report', 'nowhere'], { NO_COLOR: '1' }).ended;
    expect(code).toBe(2);
    expect(stdout).not.toContain('\x1b');
  });
});
