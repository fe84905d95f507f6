import { SettingsError } from './settings-error';

/** What Lambda takes: lambda/latest/dg/gettingstarted-limits.html (read 2026-11). */
const leastMb = 128;
const mostMb = 10_240;

/** Sorted and each once; throws where a size is none that Lambda takes. */
export function checkedMemorySizes(sizesMb: readonly number[]): number[] {
  if (sizesMb.length === 0)
    throw new SettingsError('memorySizes', 'is empty', 'at least one size in MB, such as 1769');
  for (const size of sizesMb)
    if (!Number.isInteger(size) || size < leastMb || size > mostMb)
      throw new SettingsError(
        'memorySizes',
        `${String(size)} is no whole number of MB from ${leastMb} to ${mostMb}`,
        'sizes in MB, such as 1024,1769',
      );
  return [...new Set(sizesMb)].sort((a, b) => a - b);
}
