import { readdirSync, readFileSync } from 'node:fs';

/** Kills the fetch sandboxes among a process's children, as a host that dies would. Linux only. */
export function killFetchSandboxes(ofPid: number): number {
  const pids = childrenOf(ofPid).filter((pid) => isFetchSandbox(pid));
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids.length;
}

function childrenOf(pid: number): number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

function isFetchSandbox(pid: number): boolean {
  try {
    return /AWS_LAMBDA_FUNCTION_NAME=[^\0]*Fetch\d/.test(readFileSync(`/proc/${pid}/environ`, 'utf8'));
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
