import type { Checksum, Scheme } from '../race/client-task';
import type { Sample } from '../race/sample';
import { type Spread, spread } from './spread';

/** What a client needed for a workload. */
export interface Row {
  workload: string;
  scheme: Scheme;
  checksum: Checksum;
  client: string;
  server: string;
  /** It compared the bytes with the checksum that the server offered. */
  verified: boolean;
  runs: number;
  /** `section`: the passes alone, warm where there are warm ones. `process`: the program from start to end. */
  measures: 'section' | 'process';
  cpuSeconds: Spread;
  wallSeconds: Spread;
  /** First pass in a fresh process, imports not counted. */
  cold: { cpuSeconds: Spread; wallSeconds: Spread } | null;
  /** From the process's start to the end of its first pass: what compares with a program. */
  processCpuSeconds: Spread;
  /** The largest resident set of all runs. */
  rssMiB: number | null;
}

export type RowName = Pick<
  Row,
  'workload' | 'scheme' | 'checksum' | 'client' | 'server' | 'verified' | 'measures'
>;

export function rowOf(name: RowName, samples: readonly Sample[]): Row {
  const of = (figure: (sample: Sample) => number) => spread(samples.map(figure));
  const cold = samples.flatMap((sample) => sample.cold ?? []);
  const rss = samples.flatMap((sample) => sample.rssMiB ?? []);
  return {
    ...name,
    runs: samples.length,
    cpuSeconds: of((sample) => sample.cpuSeconds),
    wallSeconds: of((sample) => sample.wallSeconds),
    cold:
      cold.length === 0
        ? null
        : {
            cpuSeconds: spread(cold.map(({ cpuSeconds }) => cpuSeconds)),
            wallSeconds: spread(cold.map(({ wallSeconds }) => wallSeconds)),
          },
    processCpuSeconds: of((sample) => sample.processCpuSeconds),
    rssMiB: rss.length === 0 ? null : Math.max(...rss),
  };
}
