import { judgedClients } from '../results/goals';
import { rowOf, type Row } from '../results/row';
import type { BenchClientKind } from '../clients/bench-client-kind';
import type { BenchServer } from '../servers/bench-server';
import type { AvailableClient } from './available-clients';
import type { ClientTask, Scheme } from './client-task';
import { measureProcess } from './measure-process';
import { measureSection } from './measure-section';
import type { Sample } from './sample';
import type { Workload } from './workloads';

export interface RaceSettings {
  server: BenchServer;
  clients: AvailableClient[];
  workloads: Workload[];
  schemes: Scheme[];
  runs: number;
  quick: boolean;
  folder: string;
  signal: AbortSignal;
  /** Hears of every case that begins and of every client that failed in it. */
  say: (line: string) => void;
}

export interface RaceResult {
  rows: Row[];
  failures: { case: string; client: string; error: string }[];
}

// A pass of the slowest client over the largest workload takes some 10 s on two busy cores.
const timeoutMs = 180_000;
const bystanderRuns = 2;

/** Every client on every workload of a server, the clients of a case taking turns, so that noise favours none. */
export async function race(settings: RaceSettings): Promise<RaceResult> {
  const result: RaceResult = { rows: [], failures: [] };
  for (const task of tasksOf(settings)) {
    const title = `${task.workload} ${task.scheme}, checksum ${task.checksum}, ${settings.server.name}`;
    settings.say(title);
    const clients = settings.clients.filter((client) => suits(client, task, settings));
    const samples = await takeTurns(task, clients, settings, (client, error) => {
      result.failures.push({ case: title, client, error });
      settings.say(`  ${client} failed: ${error}`);
    });
    for (const { name, kind } of clients) {
      const own = samples.get(name)!;
      if (own.length > 0) result.rows.push(rowOf(nameOf(task, name, kind, settings.server), own));
    }
  }
  return result;
}

function suits({ name, kind }: AvailableClient, task: CaseTask, { quick, server }: RaceSettings): boolean {
  // They verify nothing: the one case says as much as both.
  const isFirstCase = task.checksum === server.checksums[0];
  if (kind.bystander && !isFirstCase) return false;
  if (quick && !judgedClients.includes(name) && !(isFirstCase && task.scheme === 'http')) return false;
  return kind.suits?.(task.workload, server) ?? true;
}

type CaseTask = ClientTask & { scheme: Scheme };

function* tasksOf({ server, workloads, schemes }: RaceSettings): Generator<CaseTask> {
  for (const { name, objects, sizeBytes, concurrency, warmPasses } of workloads)
    for (const scheme of schemes) {
      const endpoint = server.endpoints[scheme];
      if (endpoint === null) continue;
      const caFile = scheme === 'https' ? server.caFile : null;
      const { region, credentials } = server;
      for (const checksum of server.checksums) {
        const bucket = server.bucketOf(checksum);
        const where = { scheme, endpoint, bucket, region, credentials, caFile, checksum };
        yield { ...where, workload: name, objects, sizeBytes, concurrency, passes: 1 + warmPasses };
      }
    }
}

async function takeTurns(
  task: CaseTask,
  clients: AvailableClient[],
  { runs, folder, signal }: RaceSettings,
  onFailure: (client: string, error: string) => void,
): Promise<Map<string, Sample[]>> {
  const samples = new Map(clients.map(({ name }) => [name, [] as Sample[]]));
  const failed = new Set<string>();
  for (let run = 0; run < runs; run++) {
    // Forward, then backward: what gets slower with time does so for all.
    for (const client of run % 2 === 0 ? clients : clients.toReversed()) {
      const { name, kind, argv } = client;
      if (failed.has(name) || (kind.bystander && run >= bystanderRuns)) continue;
      signal.throwIfAborted();
      const limits = { timeoutMs, signal };
      try {
        const sample =
          kind.measures === 'section'
            ? await measureSection(argv, task, limits)
            : await measureProcess(kind, argv, task, folder, limits);
        samples.get(name)!.push(sample);
      } catch (error) {
        signal.throwIfAborted();
        failed.add(name);
        onFailure(name, (error as Error).message);
      }
    }
  }
  return samples;
}

function nameOf(task: CaseTask, client: string, kind: BenchClientKind, server: BenchServer) {
  const { workload, scheme, checksum } = task;
  const verified = kind.verifies && checksum !== 'none';
  return { workload, scheme, checksum, client, server: server.name, verified, measures: kind.measures };
}
