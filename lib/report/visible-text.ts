import { visibleCharacters } from '../run/visible-characters';

const longest = 256;

/** Text of others, made fit for a terminal or a log: one line, nothing invisible, not too long. */
export function visibleText(text: string): string {
  const shown = visibleCharacters(text);
  if (shown.length <= longest) return shown;
  // A pair that was cut in half is no text.
  return `${shown.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
