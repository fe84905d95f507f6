import { inflateRawSync } from 'node:zlib';
import { crcPolynomials } from './crc-polynomials';
import { crcBinaryBase64 } from './kernel/crc-binary';
import { type KernelAlgorithm, kernelAlgorithms } from './kernel/fold-distances';
import { dataAt, dataBytes, tableBytes } from './kernel/memory-map';

/** The CRC register after `bytes`. The register is signed, as WebAssembly returns it. */
export function advanceCrc(algorithm: KernelAlgorithm, register: bigint, bytes: Uint8Array): bigint {
  kernel ??= startKernel();
  const { data, advance } = kernel;
  let after = register;
  for (let at = 0; at < bytes.length; at += dataBytes) {
    const chunk = bytes.length <= dataBytes ? bytes : bytes.subarray(at, at + dataBytes);
    data.set(chunk);
    after = advance[algorithm](after, chunk.length);
  }
  return after;
}

type Advance = Record<KernelAlgorithm, (register: bigint, length: number) => bigint>;

interface Kernel {
  /** One for all: a call copies in, computes and returns, so nothing of it outlives the call. */
  data: Uint8Array;
  advance: Advance;
}

let kernel: Kernel | null = null;

function startKernel(): Kernel {
  const module = new WebAssembly.Module(inflateRawSync(Buffer.from(crcBinaryBase64, 'base64')));
  const { memory, fillTables, ...advance } = new WebAssembly.Instance(module).exports;
  kernelAlgorithms.forEach((algorithm, index) =>
    fillTables(index * tableBytes, crcPolynomials[algorithm].reflected),
  );
  return { data: new Uint8Array(memory.buffer, dataAt, dataBytes), advance };
}

// The global, which TypeScript declares only together with a browser's whole DOM.
declare const WebAssembly: {
  Module: new (binary: Uint8Array) => object;
  Instance: new (
    module: object,
  ) => {
    exports: Advance & {
      memory: { buffer: ArrayBuffer };
      fillTables: (base: number, polynomial: bigint) => void;
    };
  };
};
