import { S3Error } from '../s3-error';

export interface ParsedElement {
  name: string;
  children: ParsedElement[];
  text: string;
}

// The requests that S3 defines are four deep.
const maxDepth = 16;
const token = /<\?[^>]*\?>|<!--[^]*?-->|<(\/?)([A-Za-z_][\w.-]*)([^<>]*)>|([^<]+)/y;
const entity = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));|&/g;
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Reads a request's XML: elements and text only. No document type, so no entity of anyone's making. */
export function parseXml(xml: string): ParsedElement {
  const top: ParsedElement = { name: '', children: [], text: '' };
  const open = [top];
  token.lastIndex = xml.startsWith('\ufeff') ? 1 : 0;
  while (token.lastIndex < xml.length) {
    const match = token.exec(xml);
    if (!match) throw new S3Error('MalformedXML');
    const [, closing, name, attributes, text] = match;
    const current = open.at(-1)!;
    if (text !== undefined) current.text += unescape(text);
    else if (name === undefined) continue;
    else if (closing) {
      if (open.length === 1 || current.name !== name) throw new S3Error('MalformedXML');
      open.pop();
    } else {
      const element: ParsedElement = { name, children: [], text: '' };
      current.children.push(element);
      if (!attributes!.endsWith('/')) open.push(element);
      if (open.length > maxDepth) throw new S3Error('MalformedXML');
    }
  }
  if (open.length !== 1 || top.children.length !== 1 || top.text.trim() !== '')
    throw new S3Error('MalformedXML');
  return top.children[0]!;
}

/** Text of the first child of that name, undefined where there is none. */
export function childText(element: ParsedElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(entity, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name) return named[name]!;
    if (whole === '&') throw new S3Error('MalformedXML');
    const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new S3Error('MalformedXML');
    return String.fromCodePoint(code);
  });
}
