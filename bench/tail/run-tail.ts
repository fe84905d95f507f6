import type { Argv } from '../clients/bench-client-kind';
import { bundle } from '../clients/node-client';
import { runChild } from '../race/run-child';
import { type TailRow, tailRowOf, type TailSample } from '../results/tail-row';
import { startStallingServer } from './start-stalling-server';
import {
  type StallPlace,
  stallPlaces,
  type TailClient,
  tailClients,
  type TailResult,
  type TailTask,
} from './tail-task';

export interface TailSettings {
  requests: number;
  stallMs: number;
  runs: number;
  folder: string;
  signal: AbortSignal;
  say: (line: string) => void;
}

const concurrency = 32;
const sizeBytes = 16 * 1024;
// Unhedged, 2,000 requests with 1 % stalls take some 4 s.
const timeoutMs = 120_000;

/** The clients take turns against a server that stalls one answer in a hundred. */
export async function runTail(settings: TailSettings): Promise<TailRow[]> {
  const { folder, runs, requests, say } = settings;
  const server = await bundle(require.resolve('./stalling-server'), folder);
  const client = await bundle(require.resolve('./tail-client'), folder);
  const rows: TailRow[] = [];
  for (const place of stallPlaces) {
    say(`tail: 1 % stall ${place === 'headers' ? 'before the headers' : 'in the body'}`);
    const samples = new Map<TailClient, TailSample[]>(tailClients.map((name) => [name, []]));
    for (let run = 0; run < runs; run++)
      for (const name of run % 2 === 0 ? tailClients : tailClients.toReversed())
        samples.get(name)!.push(await sampleOf(name, place, run, { server, client }, settings));
    for (const name of tailClients) rows.push(tailRowOf(place, name, requests, samples.get(name)!));
  }
  return rows;
}

async function sampleOf(
  client: TailClient,
  place: StallPlace,
  seed: number,
  programs: { server: Argv; client: Argv },
  { requests, stallMs, signal }: TailSettings,
): Promise<TailSample> {
  signal.throwIfAborted();
  // A server each, so that everybody meets the same stalls.
  const server = await startStallingServer(programs.server, { place, sizeBytes, stallMs, seed });
  try {
    const task: TailTask = { client, endpoint: server.endpoint, requests, concurrency, sizeBytes };
    const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    const { stdout } = await runChild([...programs.client, JSON.stringify(task)], env, { timeoutMs, signal });
    return { ...(JSON.parse(stdout) as TailResult), requests: await server.requests() };
  } finally {
    await server.stop();
  }
}
