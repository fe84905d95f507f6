import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

// Debian keeps nginx where only root's PATH looks.
const moreFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The program's file, or null where this machine has none. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...moreFolders];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
