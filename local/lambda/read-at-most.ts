import type { Readable } from 'node:stream';

/** The whole body, or null (read to its end, but not kept) where it is larger than `limitBytes`. */
export async function readAtMost(body: Readable, limitBytes: number): Promise<Buffer | null> {
  let chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) chunks = [];
    else chunks.push(chunk);
  }
  return sizeBytes > limitBytes ? null : Buffer.concat(chunks, sizeBytes);
}
