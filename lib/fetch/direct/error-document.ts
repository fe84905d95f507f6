/** What S3's XML says of an error. Null where a field is missing. */
export interface ErrorDocument {
  code: string | null;
  message: string | null;
  region: string | null;
  requestId: string | null;
}

/** S3's are below 2 KiB; what is longer comes from something else. */
export const mostErrorBytes = 64 * 1024;

/** Null for anything that is not S3's `<Error>`: a proxy's HTML page, an empty body, an object. */
export function parseErrorDocument(body: string): ErrorDocument | null {
  if (!/^\uFEFF?\s*(?:<\?xml[^>]{0,200}\?>\s*)?<Error[\s>]/.test(body)) return null;
  return {
    code: elementText(body, 'Code'),
    message: elementText(body, 'Message'),
    region: elementText(body, 'Region'),
    requestId: elementText(body, 'RequestId'),
  };
}

function elementText(body: string, name: string): string | null {
  const start = body.indexOf(`<${name}>`);
  if (start < 0) return null;
  const end = body.indexOf('<', start + name.length + 2);
  return end < 0 ? null : unescaped(body.slice(start + name.length + 2, end)).slice(0, 500);
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:(lt|gt|amp|quot|apos)|#(\d{1,7}|x[\da-fA-F]{1,6}));/g, (all, name, number) => {
    if (name !== undefined) return entities[name]!;
    // 065 is 65, and 0x41 is it as well.
    const point = Number(`0${number}`);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}
