import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { restClient, runToEnd } from '../local/machine/rest-client';
import { startWatchedS3, watchedBucket, type WatchedS3 } from '../local/machine/watched-s3';
import { cliFolder, environmentFor, startCli } from './start-cli';

// Processes are started, on a machine that may be busy.
jest.setTimeout(60_000);

let watched: WatchedS3;
let folder: Awaited<ReturnType<typeof cliFolder>>;

beforeAll(async () => {
  watched = await startWatchedS3();
  await watched.put('a', 'a');
  folder = await cliFolder();
});

afterAll(async () => {
  await watched?.close();
  folder?.remove();
});

function serve(...flags: string[]) {
  const { source } = watched;
  return startCli(['serve', '--endpoint', source.endpoint, ...flags], {
    cwd: folder.path,
    env: environmentFor(source),
  });
}

describe('s3-fetch-tuner serve', () => {
  it('says where it listens, runs what it is asked, and ends cleanly on TERM', async () => {
    const cli = serve('--port', '0', '--s3-port', '0');
    const [, url] = await cli.said(/REST API, Step Functions, Lambda +(http:\/\/127\.0\.0\.1:\d+)\n/);
    const rest = restClient(url!);
    const request = { bucket: watchedBucket, prefix: '', strategies: ['map'], num: 1, warmup: 0 };
    expect(await runToEnd(rest, request)).toMatchObject({
      status: 'complete',
      summary: { records: { fetched: 1 } },
    });

    const second = await serve('--port', '0', '--s3-port', '0').ended;
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(`kill ${cli.pid}, or start it in another folder`);

    cli.kill('SIGTERM');
    const { code, stdout, stderr } = await cli.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/^closing\n$/m);
    expect(stdout).toContain('credentials                       local / local-secret, region us-east-1');
    expect(stdout).toContain(`curl -X POST ${url}/runs`);
    await expect(rest('GET', '/runs')).rejects.toThrow('fetch failed');
  });

  it.each([
    ['--port', '--s3-port'],
    ['--s3-port', '--port'],
  ])('refuses a %s that is in use, and ends', async (flag, other) => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    try {
      const { code, stdout, stderr } = await serve(flag, String(port), other, '0').ended;
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`refused: port ${port} is in use\n`);
      expect(stderr).toContain('write --port N --s3-port N with free ports (0 takes any)');
    } finally {
      occupant.close();
    }
  });
});
