/** WebAssembly instructions as bytes: operands first, as on its stack (WebAssembly Core 2.0, binary format). */
export type Code = readonly number[];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(BigInt(value))],
  add: chain(0x6a),
  subtract: chain(0x6b),
  and: chain(0x71),
  lessUnsigned: chain(0x49),
  atLeastUnsigned: chain(0x4f),
  shiftLeft: chain(0x74),
  fromI64: (value: Code): Code => [...value, 0xa7],
};

export const i64 = {
  const: (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))],
  and: chain(0x83),
  xor: chain(0x85),
  subtract: chain(0x7d),
  shiftRight: chain(0x88),
  load: access([0x29], 3),
  loadByte: access([0x31], 0),
  store: access([0x37], 3),
  fromI32: (value: Code): Code => [...value, 0xad],
};

/** Sixteen bytes at once, at any address. */
export const v128 = {
  xor: chain(0xfd, 0x51),
  load: access([0xfd, 0x00], 0),
  store: access([0xfd, 0x0b], 0),
};

export const memory = {
  copy: (to: Code, from: Code, length: Code): Code => [...to, ...from, ...length, 0xfc, 10, 0, 0],
  zero: (to: Code, length: Code): Code => [...to, ...i32.const(0), ...length, 0xfc, 11, 0],
};

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];

export const when = (condition: Code, ...body: Code[]): Code => [
  ...condition,
  0x04,
  0x40,
  ...body.flat(),
  0x0b,
];

/** Tests before the first turn, and then after each: one branch a turn. */
export const loopWhile = (condition: Code, ...body: Code[]): Code =>
  when(condition, [0x03, 0x40, ...body.flat(), ...condition, 0x0d, 0, 0x0b]);

/** An operator between its operands, from left to right. */
function chain(...opcode: number[]) {
  return (first: Code, ...rest: Code[]): Code => [...first, ...rest.flatMap((next) => [...next, ...opcode])];
}

function access(opcode: number[], alignment: number) {
  return (address: Code, offsetBytes = 0, value: Code = []): Code => [
    ...address,
    ...value,
    ...opcode,
    alignment,
    ...unsigned(offsetBytes),
  ];
}

/** LEB128. */
export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: bigint): number[] {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  const last = low < 0x40 ? rest === 0n : rest === -1n;
  return last ? [low] : [low | 0x80, ...signed(rest)];
}
