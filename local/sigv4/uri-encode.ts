const unreservedOnly = /^[A-Za-z0-9\-._~]*$/;

/** RFC 3986 encoding as SigV4 wants it: everything but letters, digits, `-`, `.`, `_` and `~`. */
export function uriEncode(text: string): string {
  if (unreservedOnly.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, percentEncode);
}

const percentEncode = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
