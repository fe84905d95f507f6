import type { Exchange } from '../exchange';
import { objectHead } from '../read/object-head';
import { sendFile } from '../read/send-file';
import { respondEmpty, writeHead } from '../respond';

export function getObject(exchange: Exchange): Promise<void> | undefined {
  const { object, status, headers, firstByte, lengthBytes } = objectHead(exchange);
  if (status === 304) {
    respondEmpty(exchange, status, headers);
    return undefined;
  }
  writeHead(exchange.response, exchange.requestId, status, headers);
  return sendFile(exchange, object.bodyId, firstByte, lengthBytes);
}
