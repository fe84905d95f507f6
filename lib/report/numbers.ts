import { formatSize } from '../run/sizes';

/** 857.4 → `857 ms`, 60355 → `60.4 s`: three digits that a person can compare. */
export function formatMs(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 1_000) return `${(ms / 1000).toFixed(2)} s`;
  return ms >= 10 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(1)} ms`;
}

export const formatRate = (bytesPerSecond: number) => `${formatSize(bytesPerSecond)}/s`;

export function formatRatio(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2)}×`;
}

export function formatUsd(usd: number): string {
  if (usd >= 100) return `$${usd.toFixed(0)}`;
  return usd >= 0.01 ? `$${usd.toFixed(2)}` : `$${usd.toPrecision(2)}`;
}
