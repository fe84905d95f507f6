import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type ChecksumAlgorithm, startChecksum } from '../checksum/checksum-algorithm';

const pieceBytes = 1024 * 1024;

/** ETag and checksum of a body that is already here; `write` may take the bytes on. */
export async function digestFile(
  path: string,
  algorithm: ChecksumAlgorithm,
  range: { start: number; end: number } | null = null,
  write: (piece: Buffer) => Promise<void> = async () => {},
): Promise<{ etag: string; checksum: string }> {
  const md5 = createHash('md5');
  const running = startChecksum(algorithm);
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes, ...range })) {
    md5.update(piece as Buffer);
    running.update(piece as Buffer);
    await write(piece as Buffer);
  }
  return { etag: md5.digest('hex'), checksum: running.digest().toString('base64') };
}
