/** CRC-32C (Castagnoli), eight bytes a step; `crc` is the value so far, 0 to start. */
export function crc32c(chunk: Uint8Array, crc: number): number {
  let state = ~crc;
  let at = 0;
  const wordsEnd = chunk.length - 7;
  const t = tables;
  for (; at < wordsEnd; at += 8) {
    state ^= chunk[at]! | (chunk[at + 1]! << 8) | (chunk[at + 2]! << 16) | (chunk[at + 3]! << 24);
    state =
      t[1792 + (state & 255)]! ^
      t[1536 + ((state >>> 8) & 255)]! ^
      t[1280 + ((state >>> 16) & 255)]! ^
      t[1024 + (state >>> 24)]! ^
      t[768 + chunk[at + 4]!]! ^
      t[512 + chunk[at + 5]!]! ^
      t[256 + chunk[at + 6]!]! ^
      t[chunk[at + 7]!]!;
  }
  for (; at < chunk.length; at++) state = (state >>> 8) ^ t[(state ^ chunk[at]!) & 255]!;
  return ~state >>> 0;
}

const reflectedPolynomial = 0x82f63b78;
const tables = buildTables();

/** Table k, at k * 256, is the effect of a byte that k more bytes follow. */
function buildTables(): Int32Array {
  const built = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let state = byte;
    for (let bit = 0; bit < 8; bit++) state = (state >>> 1) ^ (state & 1 ? reflectedPolynomial : 0);
    built[byte] = state;
  }
  for (let i = 256; i < built.length; i++) {
    const previous = built[i - 256]!;
    built[i] = (previous >>> 8) ^ built[previous & 255]!;
  }
  return built;
}
