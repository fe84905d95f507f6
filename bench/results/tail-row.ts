import type { StallPlace, TailClient, TailResult } from '../tail/tail-task';
import { median } from './spread';

/** What one answer in a hundred that stalls does to a client's slowest objects: medians of the runs. */
export interface TailRow {
  stall: StallPlace;
  client: TailClient;
  runs: number;
  objects: number;
  objectMs: { p50: number; p99: number; p999: number; max: number };
  wallSeconds: number;
  /** Requests beyond one an object, as a share of the objects. */
  extraRequests: number;
}

export interface TailSample extends TailResult {
  requests: number;
}

export function tailRowOf(
  stall: StallPlace,
  client: TailClient,
  objects: number,
  samples: readonly TailSample[],
): TailRow {
  const of = (figure: (sample: TailSample) => number) => median(samples.map(figure));
  const quantile = (share: number) => of(({ durationsMs }) => nearestRank(durationsMs, share));
  return {
    stall,
    client,
    runs: samples.length,
    objects,
    objectMs: { p50: quantile(0.5), p99: quantile(0.99), p999: quantile(0.999), max: quantile(1) },
    wallSeconds: of(({ wallSeconds }) => wallSeconds),
    extraRequests: of(({ requests }) => requests / objects - 1),
  };
}

function nearestRank(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
