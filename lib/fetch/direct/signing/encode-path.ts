/**
 * A key or a bucket as it stands in a request's path and in what is signed: UTF-8, everything but A–Z a–z 0–9
 * `-._~` and the slash as `%XX`, nothing normalised. Null for text that has no UTF-8 (a lone surrogate).
 */
export function encodePath(text: string): string | null {
  if (/^[\w.~/-]*$/.test(text)) return text;
  try {
    return encodeURIComponent(text)
      .replace(/%2F/g, '/')
      .replace(/[!'()*]/g, percent);
  } catch {
    return null;
  }
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
