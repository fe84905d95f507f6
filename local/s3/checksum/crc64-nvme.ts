/** CRC-64/NVME, eight bytes a step, in two 32-bit halves: BigInt would cost fifty times as much. */
export class Crc64Nvme {
  #low = -1;
  #high = -1;

  update(chunk: Uint8Array): void {
    let low = this.#low;
    let high = this.#high;
    let at = 0;
    const wordsEnd = chunk.length - 7;
    const tl = lowTables;
    const th = highTables;
    for (; at < wordsEnd; at += 8) {
      low ^= chunk[at]! | (chunk[at + 1]! << 8) | (chunk[at + 2]! << 16) | (chunk[at + 3]! << 24);
      high ^= chunk[at + 4]! | (chunk[at + 5]! << 8) | (chunk[at + 6]! << 16) | (chunk[at + 7]! << 24);
      const i7 = 1792 + (low & 255);
      const i6 = 1536 + ((low >>> 8) & 255);
      const i5 = 1280 + ((low >>> 16) & 255);
      const i4 = 1024 + (low >>> 24);
      const i3 = 768 + (high & 255);
      const i2 = 512 + ((high >>> 8) & 255);
      const i1 = 256 + ((high >>> 16) & 255);
      const i0 = high >>> 24;
      low = tl[i7]! ^ tl[i6]! ^ tl[i5]! ^ tl[i4]! ^ tl[i3]! ^ tl[i2]! ^ tl[i1]! ^ tl[i0]!;
      high = th[i7]! ^ th[i6]! ^ th[i5]! ^ th[i4]! ^ th[i3]! ^ th[i2]! ^ th[i1]! ^ th[i0]!;
    }
    for (; at < chunk.length; at++) {
      const index = (low ^ chunk[at]!) & 255;
      low = ((low >>> 8) | (high << 24)) ^ tl[index]!;
      high = (high >>> 8) ^ th[index]!;
    }
    this.#low = low;
    this.#high = high;
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32BE(~this.#high, 0);
    bytes.writeInt32BE(~this.#low, 4);
    return bytes;
  }
}

// 0xad93d23594c93659 with its bits in reverse.
const polynomialHigh = 0x9a6c9329;
const polynomialLow = 0xac4bc9b5;

const lowTables = new Int32Array(8 * 256);
const highTables = new Int32Array(8 * 256);
fillTables();

/** Table k, at k * 256, is the effect of a byte that k more bytes follow. */
function fillTables(): void {
  for (let byte = 0; byte < 256; byte++) {
    let low = byte;
    let high = 0;
    for (let bit = 0; bit < 8; bit++) {
      const carry = low & 1;
      low = ((low >>> 1) | (high << 31)) ^ (carry ? polynomialLow : 0);
      high = (high >>> 1) ^ (carry ? polynomialHigh : 0);
    }
    lowTables[byte] = low;
    highTables[byte] = high;
  }
  for (let i = 256; i < lowTables.length; i++) {
    const low = lowTables[i - 256]!;
    const high = highTables[i - 256]!;
    lowTables[i] = ((low >>> 8) | (high << 24)) ^ lowTables[low & 255]!;
    highTables[i] = (high >>> 8) ^ highTables[low & 255]!;
  }
}
