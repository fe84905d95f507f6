export const KiB = 1024;
export const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

const units: Record<string, number> = { B: 1, KiB, MiB, GiB };

/** `"8MiB"` → 8388608; null where the text is no size. A bare number counts bytes. */
export function parseSize(text: string): number | null {
  const match = /^([1-9][0-9]{0,14})(B|KiB|MiB|GiB)?$/.exec(text);
  if (!match) return null;
  return Number(match[1]) * units[match[2] ?? 'B']!;
}

/** 8388608 → `"8.0 MiB"`: for people, never for machines. */
export function formatSize(bytes: number): string {
  if (bytes >= GiB) return `${(bytes / GiB).toFixed(1)} GiB`;
  if (bytes >= MiB) return `${(bytes / MiB).toFixed(1)} MiB`;
  if (bytes >= KiB) return `${(bytes / KiB).toFixed(1)} KiB`;
  return `${Math.round(bytes)} B`;
}
