/** 0.1 → `1/10.0`, 1.15 → `1.15 ×`. */
export function asRatio(ratio: number): string {
  return ratio < 0.7 ? `1/${(1 / ratio).toFixed(1)}` : `${ratio.toFixed(2)} ×`;
}
