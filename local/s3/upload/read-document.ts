import type { Exchange } from '../exchange';
import { type ParsedElement, parseXml } from '../xml/parse-xml';
import { receiveBody } from './receive-body';

// 10,000 parts with their checksums, or 1,000 keys of 1,024 bytes, each written as character references.
const maxDocumentBytes = 8 * 1024 * 1024;

/** The XML document in a request's body; null where the body is empty. */
export async function readDocument(exchange: Exchange): Promise<ParsedElement | null> {
  const pieces: Buffer[] = [];
  await receiveBody(exchange, {
    maxBytes: maxDocumentBytes,
    fallback: 'CRC32',
    write: async (data) => void pieces.push(Buffer.from(data)),
  });
  return pieces.length === 0 ? null : parseXml(Buffer.concat(pieces).toString());
}
