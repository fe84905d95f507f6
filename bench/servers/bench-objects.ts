import { createReadStream } from 'node:fs';
import { mkdir, open, truncate, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { createChecksum } from '../../lib/fetch/checksum/create-checksum';
import { keyOf, type Workload } from '../race/workloads';

export interface BenchObject {
  key: string;
  sizeBytes: number;
  /** As S3 writes it: base64, big-endian. */
  crc64nvme: string;
}

// Larger ones are sparse: they read as zeros, which costs server, socket and checksum as much as any other bytes.
const largestDenseBytes = 64 * 1024 * 1024;

/** Writes a workload's objects into a folder, as random bytes. */
export async function writeObjects(folder: string, workload: Workload): Promise<BenchObject[]> {
  const { name, objects, sizeBytes } = workload;
  await mkdir(join(folder, dirname(keyOf(name, 0))), { recursive: true });
  const written: BenchObject[] = [];
  for (let i = 0; i < objects; i++) {
    const key = keyOf(name, i);
    const file = join(folder, key);
    if (sizeBytes <= largestDenseBytes) await writeFile(file, randomBytes(sizeBytes));
    else await writeSparse(file, sizeBytes);
    written.push({ key, sizeBytes, crc64nvme: await checksumOf(file) });
  }
  return written;
}

async function writeSparse(file: string, sizeBytes: number): Promise<void> {
  await (await open(file, 'w')).close();
  await truncate(file, sizeBytes);
}

async function checksumOf(file: string): Promise<string> {
  const checksum = createChecksum('crc64nvme');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
    checksum.update(chunk as Buffer);
  return checksum.digest();
}
