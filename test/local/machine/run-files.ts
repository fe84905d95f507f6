import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FetchRecord } from '../../../lib/fetch/record';

/** The records of a run, as the REST API gives them: one JSON a line. */
export function parseRecords(jsonl: string): FetchRecord[] {
  return jsonl.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line) as FetchRecord)));
}

/** The files below a folder, as sorted relative paths. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

/** The records that lie in a run folder on disk. */
export function recordsOnDisk(folder: string): FetchRecord[] {
  return filesBelow(join(folder, 'records'))
    .filter((path) => path.endsWith('.jsonl'))
    .flatMap((path) => parseRecords(readFileSync(join(folder, 'records', path), 'utf8')));
}
