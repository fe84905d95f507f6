import { assemble, type WasmFunction } from './assemble';
import { foldDistances, type KernelAlgorithm, kernelAlgorithms } from './fold-distances';
import { type Code, get, i32, i64, loopWhile, memory, set, v128, when } from './instructions';
import { dataAt, memoryBytes, tableBytes, windowAt } from './memory-map';

/**
 * `fillTables(base, polynomial)`, and for each CRC `name(state, length) → state` over the bytes at `dataAt`, which it
 * overwrites. The state is the register: neither inverted at the start nor at the end.
 */
export function crcProgram(): Uint8Array {
  return assemble([fillTables(), ...kernelAlgorithms.map(crcOfData)], memoryBytes);
}

/** Table k, at k · 256 entries, is the effect of a byte that k more bytes follow. */
function fillTables(): WasmFunction {
  const [base, polynomial, index, state, bit] = [0, 1, 2, 3, 4];
  const entry = i32.add(get(base), i32.shiftLeft(get(index), i32.const(3)));
  const previous = i32.subtract(entry, i32.const(256 * 8));
  const ofLowByte = i64.load(i32.add(get(base), byteIndex(get(state))));
  const lowBitSet = i64.subtract(i64.const(0n), i64.and(get(state), i64.const(1n)));
  return {
    name: 'fillTables',
    parameters: ['i32', 'i64'],
    results: [],
    locals: ['i32', 'i64', 'i32'],
    body: [
      ...loopWhile(
        i32.lessUnsigned(get(index), i32.const(256)),
        set(state, i64.fromI32(get(index))),
        set(bit, i32.const(0)),
        loopWhile(
          i32.lessUnsigned(get(bit), i32.const(8)),
          set(state, i64.xor(i64.shiftRight(get(state), i64.const(1n)), i64.and(get(polynomial), lowBitSet))),
          set(bit, i32.add(get(bit), i32.const(1))),
        ),
        i64.store(entry, 0, get(state)),
        set(index, i32.add(get(index), i32.const(1))),
      ),
      ...loopWhile(
        i32.lessUnsigned(get(index), i32.const(8 * 256)),
        set(state, i64.load(previous)),
        i64.store(entry, 0, i64.xor(ofLowByte, i64.shiftRight(get(state), i64.const(8n)))),
        set(index, i32.add(get(index), i32.const(1))),
      ),
    ],
  };
}

const [state, length, at, end] = [0, 1, 2, 3];
const blockBytes = 16;

function crcOfData(name: KernelAlgorithm): WasmFunction {
  const distances = foldDistances[name];
  const tablesAt = kernelAlgorithms.indexOf(name) * tableBytes;
  const worthFoldingBytes = Math.max(...distances) + 1024;
  return {
    name,
    parameters: ['i64', 'i32'],
    results: ['i64'],
    locals: ['i32', 'i32'],
    body: [
      ...set(at, i32.const(dataAt)),
      ...set(end, i32.add(i32.const(dataAt), get(length))),
      ...when(i32.atLeastUnsigned(get(length), i32.const(worthFoldingBytes)), fold(distances)),
      ...table(tablesAt),
      ...get(state),
    ],
  };
}

/** Pushes the whole message into its last bytes, which end up at `windowAt`, a little more than a distance long. */
function fold(distances: readonly number[]): Code {
  const farthest = Math.max(...distances);
  // In here `at` and `end` trail the data by the farthest distance, so that every address is theirs and an offset.
  const gathered = distances.map((distance) => v128.load(get(at), farthest - distance));
  const step = set(at, i32.add(get(at), i32.const(blockBytes)));
  const wholeBlocks = i32.and(i32.subtract(get(length), i32.const(farthest)), i32.const(-blockBytes));
  const windowStart = i32.add(get(at), i32.const(farthest));
  const inWindow = i32.subtract(get(at), i32.subtract(get(end), get(length)));
  return [
    ...set(at, i32.const(dataAt - farthest)),
    ...set(end, i32.add(get(at), wholeBlocks)),
    ...i64.store(get(at), farthest, i64.xor(i64.load(get(at), farthest), get(state))),
    ...set(state, i64.const(0n)),
    ...loopWhile(
      i32.lessUnsigned(get(at), get(end)),
      v128.store(get(at), farthest, v128.xor(v128.load(get(at), farthest), ...gathered)),
      step,
    ),
    // The window is not pushed out, so nothing may be gathered from it: zeros stand in its place.
    ...set(length, i32.subtract(get(length), wholeBlocks)),
    ...memory.copy(i32.const(windowAt), windowStart, get(length)),
    ...memory.zero(windowStart, get(length)),
    ...set(end, i32.add(get(at), get(length))),
    ...loopWhile(
      i32.lessUnsigned(get(at), get(end)),
      v128.store(inWindow, windowAt, v128.xor(v128.load(inWindow, windowAt), ...gathered)),
      step,
    ),
    ...set(at, i32.const(windowAt)),
    ...set(end, i32.add(i32.const(windowAt), get(length))),
  ];
}

/** The rest, eight bytes a step through eight tables, then byte by byte. */
function table(tablesAt: number): Code {
  const effects = Array.from({ length: 8 }, (_, byte) => {
    const shifted = byte === 0 ? get(state) : i64.shiftRight(get(state), i64.const(BigInt(8 * byte)));
    return i64.load(byteIndex(shifted), tablesAt + (7 - byte) * 256 * 8);
  });
  const advance = (bytes: number) => set(at, i32.add(get(at), i32.const(bytes)));
  const [first, ...others] = effects;
  return [
    ...loopWhile(
      i32.atLeastUnsigned(i32.subtract(get(end), get(at)), i32.const(8)),
      set(state, i64.xor(get(state), i64.load(get(at)))),
      set(state, i64.xor(first!, ...others)),
      advance(8),
    ),
    ...loopWhile(
      i32.lessUnsigned(get(at), get(end)),
      set(
        state,
        i64.xor(
          i64.load(byteIndex(i64.xor(get(state), i64.loadByte(get(at)))), tablesAt),
          i64.shiftRight(get(state), i64.const(8n)),
        ),
      ),
      advance(1),
    ),
  ];
}

/** The offset in a table of the low byte's entry. */
function byteIndex(value: Code): Code {
  return i32.shiftLeft(i32.and(i32.fromI64(value), i32.const(255)), i32.const(3));
}
