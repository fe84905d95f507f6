import { sendAll } from './send-all';
import type { ServerProcess } from './server-process';
import type { Load } from './signed-load';

const connections = 8;

/** Server CPU a request in microseconds, a value a round; the servers take turns, so that noise favours none. */
export async function measureCpu(
  servers: ServerProcess[],
  loads: Load[],
  rounds: number,
  requests: number,
): Promise<number[][]> {
  const perServer: number[][] = servers.map(() => []);
  for (const load of loads) await sendAll(load, connections, requests);
  for (let round = 0; round < rounds; round++) {
    for (const [i, server] of servers.entries()) {
      const before = await server.cpuMicros();
      await sendAll(loads[i]!, connections, requests);
      perServer[i]!.push(((await server.cpuMicros()) - before) / requests);
    }
  }
  return perServer;
}
