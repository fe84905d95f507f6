import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** Another living process has the data folder open. */
export class DataDirLockedError extends Error {
  override name = 'DataDirLockedError';
  readonly holderPid: number;

  constructor(dataDir: string, holderPid: number) {
    super(`${dataDir} is in use by process ${holderPid}; stop that process or choose another folder`);
    this.holderPid = holderPid;
  }
}

interface Holder {
  pid: number;
  /** Tells a process from a later one with the same id; null where the system does not say. */
  startedAt: string | null;
  /** Tells two stores of one process apart. */
  token: string;
}

const heldTokens = new Set<string>();

/** Takes the folder for this process; a dead holder's lock is taken over. Answers with the release. */
export function lockDataDir(dataDir: string): () => void {
  const path = join(dataDir, 'lock');
  const holder: Holder = {
    pid: process.pid,
    startedAt: processFacts(process.pid).startedAt,
    token: randomUUID(),
  };
  const ownPath = `${path}.${holder.token}`;
  writeFileSync(ownPath, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
  try {
    while (!linked(ownPath, path)) removeIfDead(dataDir, path);
  } finally {
    rmSync(ownPath);
  }
  heldTokens.add(holder.token);
  return () => {
    heldTokens.delete(holder.token);
    rmSync(path, { force: true });
  };
}

/** Linking makes the lock and its content appear in one step; only one process can succeed. */
function linked(ownPath: string, path: string): boolean {
  try {
    linkSync(ownPath, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeIfDead(dataDir: string, path: string): void {
  refuseIfAlive(dataDir, readHolder(path));
  const asidePath = `${path}.${randomUUID()}`;
  try {
    renameSync(path, asidePath);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Between the look and the rename another process may have taken over: then what was moved is its live lock.
  const moved = readHolder(asidePath);
  if (moved && isAlive(moved)) linked(asidePath, path);
  rmSync(asidePath);
  refuseIfAlive(dataDir, moved);
}

function refuseIfAlive(dataDir: string, holder: Holder | null): void {
  if (holder && isAlive(holder)) throw new DataDirLockedError(dataDir, holder.pid);
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return heldTokens.has(holder.token);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const { state, startedAt } = processFacts(holder.pid);
  // Killed, though its parent has not looked yet.
  if (state === 'Z') return false;
  return holder.startedAt === null || startedAt === null || holder.startedAt === startedAt;
}

/** State, and start time in clock ticks since boot: fields 3 and 22 of /proc/PID/stat on Linux (man 5 proc). */
function processFacts(pid: number): { state: string | null; startedAt: string | null } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? null, startedAt: fields[19] ?? null };
  } catch {
    return { state: null, startedAt: null };
  }
}
