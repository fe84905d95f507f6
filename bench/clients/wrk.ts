import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientTask } from '../race/client-task';
import type { ChildOutput } from '../race/run-child';
import { findProgram } from '../servers/find-program';
import type { BenchClientKind, Command } from './bench-client-kind';

const seconds = 1;

/** The floor: unsigned requests by a load generator in C, for a time; counted down to the workload's requests. */
export const wrk: BenchClientKind = {
  measures: 'process',
  verifies: false,
  bystander: true,
  argv: () => Promise.resolve(findProgram('wrk') === null ? 'not installed' : ['wrk']),
  suits: (workload, { checksSignatures }) => workload === 'W3' && !checksSignatures,
  command,
};

async function command(task: ClientTask, scratch: string): Promise<Command> {
  const script = join(scratch, 'paths.lua');
  await writeFile(script, nextPath(task));
  const args = ['-t', '1', '-c', String(task.concurrency), '-d', `${seconds}s`, '-s', script, task.endpoint];
  const objectsRead = ({ stdout }: ChildOutput) => {
    const requests = Number(/(\d+) requests in/.exec(stdout)?.[1]);
    if (!(requests > 0) || stdout.includes('Non-2xx'))
      return Promise.reject(new Error(`wrk read no objects: ${stdout}`));
    return Promise.resolve(requests);
  };
  return { args, objectsMin: 1, objectsRead };
}

function nextPath({ bucket, workload, objects }: ClientTask): string {
  return `local n = -1
request = function()
  n = (n + 1) % ${objects}
  return wrk.format('GET', string.format('/${bucket}/${workload}/%04d.bin', n))
end
`;
}
