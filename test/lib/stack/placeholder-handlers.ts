import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handlerNames } from '../../../lib/stack/build-handlers';

/** A folder of handlers that do nothing: tests of the template need no bundling. */
export function placeholderHandlers(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handlers-'));
  for (const name of handlerNames) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = async () => '${name}';\n`);
  }
  return folder;
}
