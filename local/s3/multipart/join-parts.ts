import { createReadStream } from 'node:fs';
import { startChecksum, type ChecksumAlgorithm } from '../checksum/checksum-algorithm';
import type { BodyFiles } from '../store/body-files';
import type { IncomingBody } from '../store/incoming-body';
import type { UploadedPart } from '../store/multipart-upload';

const pieceBytes = 1024 * 1024;

/** Writes the parts one behind the other; answers with the checksum over the whole. */
export async function joinParts(
  bodies: BodyFiles,
  parts: UploadedPart[],
  target: IncomingBody,
  algorithm: ChecksumAlgorithm,
): Promise<string> {
  const running = startChecksum(algorithm);
  for (const part of parts) {
    for await (const piece of createReadStream(bodies.path(part.bodyId), { highWaterMark: pieceBytes })) {
      running.update(piece as Buffer);
      await target.write(piece as Buffer);
    }
  }
  return running.digest().toString('base64');
}
