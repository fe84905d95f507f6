import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installS3rver } from './embedded-s3/install-s3rver';
import { measureCpu } from './embedded-s3/measure-cpu';
import { type ServerProcess, startOwnServer, startS3rver } from './embedded-s3/server-process';
import { prepareLoad } from './embedded-s3/signed-load';

export interface EmbeddedS3Options {
  /** Timed rounds of each server, interleaved. @default 7 */
  rounds?: number;
  /** Requests a round. @default 2000 */
  requests?: number;
}

export interface CpuPerGet {
  median: number;
  min: number;
  max: number;
}

export interface EmbeddedS3Bench {
  objectBytes: number;
  rounds: number;
  requests: number;
  /** Server CPU for one signed GET of 16 KiB, in microseconds. */
  ownMicros: CpuPerGet;
  /** Null where s3rver could not be installed. */
  s3rverMicros: CpuPerGet | null;
  /** Own over s3rver; the goal is an eighth at most. */
  ratio: number | null;
}

const objectBytes = 16 * 1024;

/** Server CPU of a GET from the embedded S3, beside s3rver 3.7.1 in the same run. */
export async function benchEmbeddedS3(options: EmbeddedS3Options = {}): Promise<EmbeddedS3Bench> {
  const { rounds = 7, requests = 2_000 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'embedded-s3-bench-'));
  const servers: ServerProcess[] = [];
  try {
    servers.push(await startOwnServer(join(folder, 'own')));
    const s3rverFolder = await installS3rver(join(folder, 'peer'));
    if (s3rverFolder) servers.push(await startS3rver(s3rverFolder, join(folder, 's3rver')));

    const loads = [];
    for (const server of servers) loads.push(await prepareLoad(server, objectBytes));
    const [own, peer] = await measureCpu(servers, loads, rounds, requests);
    const [ownMicros, s3rverMicros] = [spread(own!), peer ? spread(peer) : null];
    const ratio = s3rverMicros && ownMicros.median / s3rverMicros.median;
    return { objectBytes, rounds, requests, ownMicros, s3rverMicros, ratio };
  } finally {
    for (const server of servers) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function spread(values: number[]): CpuPerGet {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, min: sorted[0]!, max: sorted.at(-1)! };
}

function table({ ownMicros, s3rverMicros, ratio }: EmbeddedS3Bench): string {
  const row = (name: string, cpu: CpuPerGet | null) =>
    cpu === null
      ? `${name.padEnd(22)} not installed`
      : `${name.padEnd(22)} ${cpu.median.toFixed(0).padStart(7)} ${cpu.min.toFixed(0).padStart(7)} ${cpu.max.toFixed(0).padStart(7)}`;
  return [
    'Server CPU, microseconds a signed GET of 16 KiB',
    `${''.padEnd(22)}  median     min     max`,
    row('embedded S3', ownMicros),
    row('s3rver 3.7.1', s3rverMicros),
    ratio === null
      ? 'no ratio: s3rver could not be installed'
      : `ratio 1/${(1 / ratio).toFixed(1)} (goal: 1/8 or less)`,
  ].join('\n');
}

if (require.main === module) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  void benchEmbeddedS3().then((result) => {
    process.stdout.write(`${table(result)}\n`);
    process.exitCode = result.ratio !== null && result.ratio > 1 / 8 ? 1 : 0;
  });
}
