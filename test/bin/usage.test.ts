import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../bin/cli/main';
import type { Terminal } from '../../bin/cli/terminal';
import { requestFields } from '../../lib/run/request-fields';
import { tempFolder } from '../local/machine/temp-folder';

const folder = tempFolder();
afterAll(() => folder.remove());

async function cli(...argv: string[]) {
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said) => ({
    isTTY: false,
    write: (text: string) => void (said[name] += text),
  });
  const terminal = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: {},
    cwd: () => folder.path,
    on: () => terminal,
    off: () => terminal,
  } as unknown as Terminal;
  return { code: await main(argv, terminal), ...said };
}

const slash = 'bucket has a slash: a bucket has a name only, the rest is the prefix';
const refused = (problem: string, write: string) => ({
  code: 2,
  stdout: '',
  stderr: `refused: ${problem}\n  write ${write}\n`,
});

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('%s names the commands and the exit codes', async (flag) => {
    const { code, stdout } = await cli(flag);
    expect(code).toBe(0);
    for (const word of ['run', 'serve', 'report', '0 all fetched', '3 the run is incomplete'])
      expect(stdout).toContain(word);
  });

  it('is what no command at all gets, with exit 2', async () => {
    expect(await cli()).toEqual({ ...(await cli('--help')), code: 2 });
  });

  it('of run has a flag for each field of the request', async () => {
    const { code, stdout } = await cli('run', '--help');
    expect(code).toBe(0);
    for (const [field, { what }] of Object.entries(requestFields)) {
      if (field === 'version') continue;
      const flag = field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect(stdout).toContain(`  --${flag} `);
      expect(stdout).toContain(what);
    }
  });

  it.each([
    ['serve', '--s3-port'],
    ['report', '--no-color'],
  ])('of %s names %s', async (command, flag) => {
    const { code, stdout, stderr } = await cli(command, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(flag);
  });
});

describe('usage that is refused', () => {
  it.each([
    [['fly'], refused('there is no command "fly"', 'run, serve or report')],
    [['run', 'bucket'], refused('"bucket" stands alone', 'flags only, such as --bucket NAME')],
    [['run', '--num', 'five'], refused('num is not a number', '"num":5')],
    [['run', '--num', '0'], refused('num is below 1', '"num":5')],
    [
      ['run', '--keys', 'a,'],
      refused('keys[1] is empty: no object has an empty key', requestFields.keys.write),
    ],
    [['run', '--bucket', 'a/b'], refused(slash, requestFields.bucket.write)],
    [
      ['run', '--thresholds', 'p99Ms'],
      refused('--thresholds: p99Ms is not NAME=N', '--thresholds failed=0,p99Ms=500'),
    ],
    [
      ['run', '--thresholds', 'p98Ms=1'],
      refused('thresholds.p98Ms is not a field', requestFields.thresholds.write),
    ],
    [['run', '--request', 'none.json'], expect.objectContaining({ code: 2 })],
    [
      ['run', '--endpoint', 'ftp://x'],
      refused('--endpoint: "ftp://x" is no http URL', '--endpoint http://127.0.0.1:9000'),
    ],
    [['serve', '--port', '70000'], refused('--port: "70000" is no port', '--port 7300')],
    [['report'], refused('report takes one run folder', 's3-fetch-tuner report runs/RUN-ID')],
    [['report', 'a', 'b'], refused('report takes one run folder', 's3-fetch-tuner report runs/RUN-ID')],
    [
      ['report', 'none'],
      refused('none holds no summary.json', 'the folder of a run that ended, such as runs/RUN-ID'),
    ],
  ])('%j', async (argv, expected) => {
    expect(await cli(...argv)).toEqual(expected);
  });

  it.each(['run', 'serve', 'report'])('an unknown flag of %s', async (command) => {
    const { code, stdout, stderr } = await cli(command, '--no-such-flag');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^refused: Unknown option '--no-such-flag'/);
    expect(stderr).toContain(`write s3-fetch-tuner ${command} --help`);
  });

  it.each([
    ['{"num":', /^refused: \$ is not JSON/],
    ['[]', /^refused: \$ is not an object/],
    ['{"nmu":1}', /^refused: nmu is not a field/],
    ['{"__proto__":{}}', /^refused: __proto__ is not a field/],
    [`{"keys":["${'k'.repeat(70_000)}"]}`, /^refused: \$ is larger than 64 KiB/],
  ])('a request file of %.20s', async (text, problem) => {
    const file = join(folder.path, 'request.json');
    writeFileSync(file, text);
    const { code, stderr } = await cli('run', '--request', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(problem);
  });

  it.each(['', 'no JSON', 'null', '{"version":2}'])('a summary.json of %j', async (text) => {
    const runDir = join(folder.path, 'broken');
    mkdirSync(runDir, { recursive: true });
    writeFileSync(join(runDir, 'summary.json'), text);
    expect(await cli('report', runDir)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is no summary of version 1') as string,
    });
  });

  it.each([
    ['a file', '/dev/null/runs'],
    ['a file system that makes no folders', '/proc/runs'],
  ])('refuses an --out below %s', async (_, out) => {
    const { code, stderr } = await cli('run', '--out', out);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      new RegExp(`^refused: --out: ${out} cannot be written .*\\n  write --out ./runs\\n$`),
    );
  });

  it('starts nothing and writes nothing', () => {
    expect(readdirSync(folder.path).toSorted()).toEqual(['broken', 'request.json']);
  });
});
