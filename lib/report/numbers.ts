import { formatSize } from '../run/sizes';

/** 857.4 → `857 ms`, 60355 → `60.4 s`: three digits that a person can compare. */
export function formatMs(ms: number): string {
  // The limits are where rounding would give a fourth digit.
  if (ms >= 9_995) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 999.5) return `${(ms / 1000).toFixed(2)} s`;
  return ms >= 9.95 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(1)} ms`;
}

export const formatRate = (bytesPerSecond: number) => `${formatSize(bytesPerSecond)}/s`;

export function formatRatio(ratio: number): string {
  return `${ratio >= 9.995 ? ratio.toFixed(0) : ratio.toFixed(2)}×`;
}

export function formatUsd(usd: number): string {
  if (usd === 0) return '$0';
  if (usd >= 100) return `$${usd.toFixed(0)}`;
  return usd >= 0.01 ? `$${usd.toFixed(2)}` : `$${usd.toPrecision(2)}`;
}
