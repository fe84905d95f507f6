import { hash } from 'node:crypto';

const blockBytes = 64;
const digestBytes = 32;

/**
 * HMAC-SHA-256 under one key, over text of one byte a character. Built on the one-shot hash, because a Hmac object
 * costs more to make, and to collect, than the two hashes do together.
 */
export class HmacSha256 {
  readonly #outer = Buffer.alloc(blockBytes + digestBytes);
  #inner = Buffer.alloc(1_024);

  constructor(key: Buffer) {
    const block = Buffer.alloc(blockBytes);
    (key.length > blockBytes ? hash('sha256', key, 'buffer') : key).copy(block);
    for (let i = 0; i < blockBytes; i++) {
      this.#inner[i] = block[i]! ^ 0x36;
      this.#outer[i] = block[i]! ^ 0x5c;
    }
  }

  hex(text: string): string {
    this.#prepareOuter(text);
    return hash('sha256', this.#outer, 'hex');
  }

  bytes(text: string): Buffer {
    this.#prepareOuter(text);
    return hash('sha256', this.#outer, 'buffer');
  }

  #prepareOuter(text: string): void {
    const neededBytes = blockBytes + text.length;
    if (neededBytes > this.#inner.length) {
      this.#inner = Buffer.concat([this.#inner.subarray(0, blockBytes)], neededBytes);
    }
    this.#inner.write(text, blockBytes, 'latin1');
    this.#outer.write(hash('sha256', this.#inner.subarray(0, neededBytes), 'binary'), blockBytes, 'latin1');
  }
}
