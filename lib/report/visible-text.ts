// A key may hold anything that UTF-8 can say: terminal escapes, line breaks, text that runs backwards.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;
const longest = 256;

/** Text of others, made fit for a terminal or a log: one line, nothing invisible, not too long. */
export function visibleText(text: string): string {
  const shown = text.replace(unsafe, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}
