import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

/** The parent of the run folders, made where it is missing. Refused before anything runs where it cannot be written. */
export async function outFolder(out: string, terminal: Terminal): Promise<string> {
  const folder = resolve(terminal.cwd(), out);
  const problem = await folderProblem(folder);
  if (problem !== null) throw new UsageError(`--out: ${out} cannot be written (${problem})`, '--out ./runs');
  return folder;
}

/** What keeps a folder from being made and written, or null. */
export async function folderProblem(folder: string): Promise<string | null> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
    return (await stat(folder)).isDirectory() ? null : 'it is no folder';
  } catch (error) {
    return (error as Error).message;
  }
}

// Step by step: Node's own recursive mkdir never ends where a file system makes no folders, such as /proc.
async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder).catch((error: NodeJS.ErrnoException) => error);
  if (made === undefined || made.code === 'EEXIST') return;
  const parent = dirname(folder);
  if (made.code !== 'ENOENT' || parent === folder || (await exists(parent))) throw made;
  await makeFolder(parent);
  await mkdir(folder);
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
