import { cpus, loadavg, release, totalmem } from 'node:os';

/** The machine in a line: `2 × AMD EPYC, 24 GiB, linux 6.18, Node v20.20.2`. */
export function machine(): string {
  const all = cpus();
  const model = all[0]?.model.trim() ?? 'unknown processor';
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return `${all.length} × ${model}, ${memoryGiB} GiB, ${process.platform} ${release()}, Node ${process.version}`;
}

/** How busy the machine is with everything that runs on it, over the last minute. */
export function loadNow(): number {
  return Math.round(loadavg()[0]! * 10) / 10;
}
