/** Name and content of an element; `null` content leaves the element out. */
export type XmlElement = readonly [
  name: string,
  content: string | number | boolean | null | readonly XmlElement[],
];

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function renderXml([name, content]: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}">${renderContent(content)}</${name}>`;
}

/** S3's error documents have no namespace. */
export function renderErrorXml(content: readonly XmlElement[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${renderContent(content)}</Error>`;
}

function renderContent(content: XmlElement[1]): string {
  if (content === null) return '';
  if (typeof content !== 'object') return escapeXml(String(content));
  let xml = '';
  for (const [name, inner] of content) {
    if (inner !== null) xml += `<${name}>${renderContent(inner)}</${name}>`;
  }
  return xml;
}

// Control characters become references, as S3 writes them: a raw CR or LF would not survive the reader.
// oxlint-disable-next-line no-control-regex -- keys may hold any control character
const special = /[<>&"'\u0000-\u001f\u007f\ufffe\uffff]/g;
const named: Record<string, string> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return text.replace(
    special,
    (char) => named[char] ?? `&#x${char.charCodeAt(0).toString(16).toUpperCase()};`,
  );
}
