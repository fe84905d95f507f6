import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchResults } from '../results/bench-results';
import { judge } from '../results/goals';
import { loadNow, machine } from '../results/machine';
import { type BenchObject, writeObjects } from '../servers/bench-objects';
import type { BenchServer } from '../servers/bench-server';
import { startEmbeddedS3 } from '../servers/embedded-server';
import { startNginx } from '../servers/nginx-server';
import { runTail } from '../tail/run-tail';
import { availableClients } from './available-clients';
import type { BenchOptions } from './bench-options';
import { race, type RaceResult } from './race';

/** Makes objects and servers, races the clients, judges; leaves nothing behind but the results. */
export async function runBench(
  options: BenchOptions,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<BenchResults> {
  const folder = await mkdtemp(join(tmpdir(), 's3-fetch-tuner-bench-'));
  const skipped: BenchResults['skipped'] = [];
  try {
    const before = loadNow();
    const [main, second] = await raceOnServers(options, folder, signal, say, (client, why) => {
      skipped.push({ client, why });
      say(`${client} is left out: ${why}`);
    });
    const counts = options.quick
      ? { requests: 200, runs: 1, stallMs: 300 }
      : { requests: 2_000, runs: options.runs, stallMs: 2_000 };
    const tail = options.tail ? await runTail({ ...counts, folder, signal, say }) : [];
    return {
      machine: machine(),
      date: new Date().toISOString(),
      quick: options.quick,
      load: { before, after: loadNow() },
      rows: main.rows,
      otherServers: second.rows,
      tail,
      goals: judge(main.rows, tail),
      skipped,
      failures: [...main.failures, ...second.failures],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const nothing: RaceResult = { rows: [], failures: [] };

/** nginx first, as it is no bottleneck; then our own S3, which knows whether the signatures are right. */
async function raceOnServers(
  options: BenchOptions,
  folder: string,
  signal: AbortSignal,
  say: (line: string) => void,
  skip: (client: string, why: string) => void,
): Promise<[main: RaceResult, second: RaceResult]> {
  if (options.workloads.length === 0) return [nothing, nothing];
  const clients = await availableClients(options.clients, folder, skip);
  say('making the objects');
  const objects: BenchObject[] = [];
  for (const workload of options.workloads)
    objects.push(...(await writeObjects(join(folder, 'data'), workload)));

  const raceOn = (server: BenchServer, workloads: BenchOptions['workloads']) =>
    race({ ...options, server, clients, workloads, folder, signal, say });
  const nginx = await startNginx(folder, objects);
  const main = nginx && (await whileUp(nginx, () => raceOn(nginx, options.workloads)));
  if (!nginx) say('nginx is not installed: the embedded S3 takes its place, with http and checksums only');
  if (nginx && !nginx.endpoints.https) say('https is left out: openssl is not installed');

  // It keeps a copy of every object, and small ones say enough of it.
  const workloads = main ? options.workloads.filter(({ name }) => name === 'W3') : options.workloads;
  if (workloads.length === 0 || !options.schemes.includes('http')) return [main ?? nothing, nothing];
  const copied = objects.filter(({ key }) => workloads.some(({ name }) => key.startsWith(`${name}/`)));
  const embedded = await startEmbeddedS3(folder, copied);
  const result = await whileUp(embedded, () => raceOn(embedded, workloads));
  return main ? [main, result] : [result, nothing];
}

async function whileUp(server: BenchServer, use: () => Promise<RaceResult>): Promise<RaceResult> {
  try {
    return await use();
  } finally {
    await server.stop();
  }
}
