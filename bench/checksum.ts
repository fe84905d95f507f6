import { createRequire } from 'node:module';
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  createChecksum,
} from '../lib/fetch/checksum/create-checksum';

export interface ChecksumBenchOptions {
  /** Timed rounds, the contenders interleaved. @default 9 */
  rounds?: number;
  /** Bytes that each contender takes a round. @default 32 MiB */
  roundBytes?: number;
  /** Bytes an update, as they come from a socket. @default 64 KiB */
  chunkBytes?: number;
}

interface Spread {
  median: number;
  min: number;
  max: number;
}

export interface ChecksumBenchRow {
  algorithm: ChecksumAlgorithm;
  /** CPU seconds a GiB. */
  own: Spread;
  /** What the SDK verifies this algorithm with on Node. Null where that is node:crypto, as here. */
  sdk: Spread | null;
  /** Own over the SDK's, of medians. */
  ratio: number | null;
}

interface Running {
  update(bytes: Uint8Array): void;
}

const GiB = 1024 ** 3;

/** CPU of each checksum, beside the SDK's own implementation in the same run. */
export function benchChecksums(options: ChecksumBenchOptions = {}): ChecksumBenchRow[] {
  const { rounds = 9, roundBytes = 32 * 1024 ** 2, chunkBytes = 64 * 1024 } = options;
  const bytes = sampleBytes(roundBytes);
  const sdk = sdkChecksums();
  const contenders = checksumAlgorithms.flatMap((algorithm) => [
    { algorithm, who: 'own', start: (): Running => createChecksum(algorithm), seconds: [] as number[] },
    ...(sdk[algorithm] ? [{ algorithm, who: 'sdk', start: sdk[algorithm], seconds: [] as number[] }] : []),
  ]);
  // Round 0 is the warm-up; the order turns round, so that no contender always follows the same one.
  for (let round = 0; round <= rounds; round++) {
    for (const { start, seconds } of round % 2 ? contenders : contenders.toReversed()) {
      const spent = cpuSeconds(start(), bytes, chunkBytes);
      if (round > 0) seconds.push((spent * GiB) / bytes.length);
    }
  }
  const spreadOf = (algorithm: ChecksumAlgorithm, who: string) => {
    const found = contenders.find((contender) => contender.algorithm === algorithm && contender.who === who);
    return found ? spread(found.seconds) : null;
  };
  return checksumAlgorithms.map((algorithm) => {
    const own = spreadOf(algorithm, 'own')!;
    const sdk = spreadOf(algorithm, 'sdk');
    return { algorithm, own, sdk, ratio: sdk && own.median / sdk.median };
  });
}

function cpuSeconds(checksum: Running, bytes: Uint8Array, chunkBytes: number): number {
  const before = process.cpuUsage();
  for (let at = 0; at < bytes.length; at += chunkBytes) checksum.update(bytes.subarray(at, at + chunkBytes));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The classes that the SDK picks by itself. Their package is the SDK's own dependency, so it is found from there. */
function sdkChecksums(): Partial<Record<ChecksumAlgorithm, () => Running>> {
  const sdkRequire = createRequire(require.resolve('@aws-sdk/client-s3'));
  const { Crc32, Crc32c, Crc64Nvme } = sdkRequire('@aws-sdk/checksums/crc') as Record<
    string,
    new () => Running
  >;
  return { crc32: () => new Crc32!(), crc32c: () => new Crc32c!(), crc64nvme: () => new Crc64Nvme!() };
}

function sampleBytes(length: number): Uint8Array {
  let state = 1;
  return new Uint8Array(length).map(
    () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24,
  );
}

function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, min: sorted[0]!, max: sorted.at(-1)! };
}

function table(rows: ChecksumBenchRow[]): string {
  const cells = (spread: Spread | null) =>
    spread
      ? [spread.median, spread.min, spread.max].map((seconds) => seconds.toFixed(2).padStart(7)).join('')
      : ''.padStart(21);
  return [
    'CPU seconds a GiB',
    `${'own: median'.padStart(21)}    min    max  SDK: median  min    max  ratio`,
    ...rows.map(({ algorithm, own, sdk, ratio }) => {
      const versus = ratio === null ? '' : `1/${(1 / ratio).toFixed(1)}`;
      return `${algorithm.padEnd(14)}${cells(own)}    ${cells(sdk)}  ${versus}`.trimEnd();
    }),
    'goal: crc64nvme at a quarter of the SDK’s or less',
  ].join('\n');
}

if (require.main === module) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const rows = benchChecksums();
  process.stdout.write(`${table(rows)}\n`);
  process.exitCode = rows.find(({ algorithm }) => algorithm === 'crc64nvme')!.ratio! > 1 / 4 ? 1 : 0;
}
