import type { ProgressEvent } from '../../lambda/progress-line';

/** A line of a fetch Lambda's log that tells of an object; null for any other. */
export function parseProgressLine(line: string): ProgressEvent | null {
  if (!line.startsWith('{"event":"object-')) return null;
  try {
    return JSON.parse(line) as ProgressEvent;
  } catch {
    return null;
  }
}
