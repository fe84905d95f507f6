import { rename, writeFile } from 'node:fs/promises';
import type { BenchResults } from './bench-results';

/** Whole or not at all. */
export async function writeResults(file: string, results: BenchResults): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, `${JSON.stringify(results, sixDigits, 2)}\n`);
  await rename(part, file);
}

// A microsecond is finer than any clock here.
function sixDigits(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1e6) / 1e6 : value;
}
