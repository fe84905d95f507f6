export interface Workload {
  name: string;
  objects: number;
  sizeBytes: number;
  /** Requests in flight at most. */
  concurrency: number;
  /** Passes over all objects in the same process after the first, cold one. */
  warmPasses: number;
}

const KiB = 1024;
const MiB = 1024 * KiB;

export const workloads: Workload[] = [
  { name: 'W1', objects: 3, sizeBytes: 30 * MiB, concurrency: 3, warmPasses: 5 },
  { name: 'W2', objects: 64, sizeBytes: 8 * MiB, concurrency: 8, warmPasses: 1 },
  { name: 'W3', objects: 5_000, sizeBytes: 16 * KiB, concurrency: 32, warmPasses: 2 },
  { name: 'W4', objects: 1, sizeBytes: 1024 * MiB, concurrency: 1, warmPasses: 0 },
];

/** The same shapes, small: they show that everything works and measure nothing. */
export const quickWorkloads: Workload[] = [
  { name: 'W1', objects: 3, sizeBytes: 2 * MiB, concurrency: 3, warmPasses: 1 },
  { name: 'W2', objects: 8, sizeBytes: MiB, concurrency: 8, warmPasses: 1 },
  { name: 'W3', objects: 100, sizeBytes: 16 * KiB, concurrency: 32, warmPasses: 1 },
  { name: 'W4', objects: 1, sizeBytes: 16 * MiB, concurrency: 1, warmPasses: 0 },
];

/** `W3/0042.bin`: four digits, so that curl can count through them. */
export function keyOf(workload: string, index: number): string {
  return `${workload}/${String(index).padStart(4, '0')}.bin`;
}
