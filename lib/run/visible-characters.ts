// A key may hold anything that UTF-8 can say: terminal escapes, line breaks, text that runs backwards.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/** Text of others on one line, with nothing invisible in it: `\u{1b}` for an escape. */
export function visibleCharacters(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
