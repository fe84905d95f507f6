import type { Json } from './json';
import { StateError } from './state-error';

/** A value on its way between states, with its JSON text: the limit and the history both need the text. */
export interface Datum {
  readonly value: Json;
  readonly text: string;
}

/** 256 KiB for the input or output of a task, state or execution (Step Functions service quotas, 2026). */
export const maxDataBytes = 256 * 1024;

/** `what` begins the sentence for a value that is too large. */
export function datum(value: Json, what: string): Datum {
  const text = JSON.stringify(value);
  if (exceedsDataLimit(text)) {
    const cause = `${what} with a size exceeding the maximum number of bytes service limit.`;
    throw new StateError('States.DataLimitExceeded', cause);
  }
  return { value, text };
}

export function exceedsDataLimit(text: string): boolean {
  // A UTF-16 unit is at most three bytes of UTF-8: most texts need no count.
  if (text.length * 3 <= maxDataBytes) return false;
  return text.length > maxDataBytes || Buffer.byteLength(text) > maxDataBytes;
}
