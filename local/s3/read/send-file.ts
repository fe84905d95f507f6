import { closeSync, openSync, read, readSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Exchange } from '../exchange';

// One buffer and one write: for a small body every further step costs more than the bytes do.
const singleReadBytes = 256 * 1024;
const pieceBytes = 256 * 1024;

/** Sends a stretch of a body as the rest of a response whose head was written. */
export function sendFile(
  { response, store: { bodies } }: Exchange,
  bodyId: string,
  firstByte: number,
  lengthBytes: number,
): Promise<void> | undefined {
  const path = bodies.path(bodyId);
  if (lengthBytes > singleReadBytes) return sendPieces(response, path, firstByte, lengthBytes);
  const buffer = Buffer.allocUnsafe(lengthBytes);
  const got =
    lengthBytes === 0 ? 0 : readSync(bodies.openFiles.descriptor(path), buffer, 0, lengthBytes, firstByte);
  if (got !== lengthBytes) throw new Error(`body file ${path} is shorter than its object`);
  response.end(buffer);
  return undefined;
}

async function sendPieces(
  response: ServerResponse,
  path: string,
  firstByte: number,
  lengthBytes: number,
): Promise<void> {
  // Opened before anything is awaited, so that a delete or overwrite cannot take the file away.
  const fd = openSync(path, 'r');
  const gone = new Promise<boolean>((resolve) => {
    response.once('close', () => resolve(false));
  });
  try {
    // One buffer is being sent while the other is being filled.
    const buffers = [Buffer.allocUnsafeSlow(pieceBytes), Buffer.allocUnsafeSlow(pieceBytes)];
    let sending = Promise.resolve(true);
    for (let sent = 0, turn = 0; sent < lengthBytes; turn ^= 1) {
      const wanted = Math.min(pieceBytes, lengthBytes - sent);
      const got = await readInto(fd, buffers[turn]!, wanted, firstByte + sent);
      if (got === 0) throw new Error(`body file ${path} is shorter than its object`);
      if (!(await sending)) return;
      sending = Promise.race([writeOut(response, buffers[turn]!.subarray(0, got)), gone]);
      sent += got;
    }
    if (await sending) response.end();
  } finally {
    closeSync(fd);
  }
}

function readInto(fd: number, buffer: Buffer, lengthBytes: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, buffer, 0, lengthBytes, position, (error, got) => (error ? reject(error) : resolve(got)));
  });
}

/** False once the client has gone. */
function writeOut(response: ServerResponse, data: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    response.write(data, (error) => resolve(!error));
  });
}
