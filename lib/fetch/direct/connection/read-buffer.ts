/** Large reads are what make bodies cheap: 64 KiB costs twice the CPU of 256 KiB, 1 MiB saves little more. */
const readBufferBytes = 256 * 1024;

let shared: Buffer | undefined;

/**
 * What a connection reads into. Where a read is one system call (everywhere but on Windows), nothing can come
 * between it and its callback, so that all connections take turns with one buffer.
 */
export function readBuffer(): Buffer {
  if (process.platform === 'win32') return Buffer.allocUnsafeSlow(readBufferBytes);
  shared ??= Buffer.allocUnsafeSlow(readBufferBytes);
  return shared;
}
