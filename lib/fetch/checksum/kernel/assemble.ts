import { type Code, unsigned } from './instructions';

type ValueType = 'i32' | 'i64';

export interface WasmFunction {
  name: string;
  parameters: ValueType[];
  results: ValueType[];
  /** Numbered after the parameters. */
  locals: ValueType[];
  body: Code;
}

const valueTypes: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e };
const magicAndVersion = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const pageBytes = 65_536;

/** A module of exported functions over one exported memory of a fixed size. */
export function assemble(functions: WasmFunction[], memoryBytes: number): Uint8Array {
  const pages = unsigned(Math.ceil(memoryBytes / pageBytes));
  const names = functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]);
  return Uint8Array.from([
    ...magicAndVersion,
    ...section(1, vector(functions.map(signature))),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(5, [1, 1, ...pages, ...pages]),
    ...section(7, vector([[...text('memory'), 2, 0], ...names])),
    ...section(10, vector(functions.map(code))),
  ]);
}

function signature({ parameters, results }: WasmFunction): number[] {
  return [0x60, ...vector(parameters.map(typeByte)), ...vector(results.map(typeByte))];
}

function code({ locals, body }: WasmFunction): number[] {
  const content = [...vector(locals.map((type) => [1, ...typeByte(type)])), ...body, 0x0b];
  return [...unsigned(content.length), ...content];
}

function section(id: number, content: number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: number[][]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): number[] {
  return [...unsigned(value.length), ...Buffer.from(value, 'ascii')];
}

function typeByte(type: ValueType): number[] {
  return [valueTypes[type]];
}
