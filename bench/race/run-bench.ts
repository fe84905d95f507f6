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
  const skip = (client: string, why: string) => {
    skipped.push({ client, why });
    say(`${client} is left out: ${why}`);
  };
  try {
    const loadBefore = loadNow();
    const clients = await availableClients(options.clients, folder, skip);
    const raceWith = (server: BenchServer, workloads: BenchOptions['workloads']) =>
      race({ ...options, server, clients, workloads, folder, signal, say });

    say('making the objects');
    const objects: BenchObject[] = [];
    for (const workload of options.workloads)
      objects.push(...(await writeObjects(join(folder, 'data'), workload)));

    const viaNginx = await withServer(await startNginx(folder, objects), (server) => {
      if (server.endpoints.https === null)
        say('https is left out: openssl, which makes its certificate, is not installed');
      return raceWith(server, options.workloads);
    });
    if (viaNginx === null) say('nginx is not installed: the embedded S3 takes its place, http only');

    // The embedded S3 keeps a copy of each object, and knows whether their signatures are right.
    const second =
      viaNginx === null ? options.workloads : options.workloads.filter(({ name }) => /W3/.test(name));
    const needed = objects.filter(({ key }) => second.some(({ name }) => key.startsWith(name)));
    const viaEmbedded =
      second.length > 0 && options.schemes.includes('http')
        ? await withServer(await startEmbeddedS3(folder, needed), (server) => raceWith(server, second))
        : null;

    const { rows } = viaNginx ?? viaEmbedded ?? { rows: [] };
    return {
      machine: machine(),
      date: new Date().toISOString(),
      quick: options.quick,
      load: { before: loadBefore, after: loadNow() },
      rows,
      otherServers: viaNginx && viaEmbedded ? viaEmbedded.rows : [],
      goals: judge(rows),
      skipped,
      failures: [...(viaNginx?.failures ?? []), ...(viaEmbedded?.failures ?? [])],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withServer(
  server: BenchServer | null,
  use: (server: BenchServer) => Promise<RaceResult>,
): Promise<RaceResult | null> {
  if (server === null) return null;
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}
