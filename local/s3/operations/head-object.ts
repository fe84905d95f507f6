import type { Exchange } from '../exchange';
import { objectHead } from '../read/object-head';
import { writeHead } from '../respond';

export function headObject(exchange: Exchange): void {
  const { status, headers } = objectHead(exchange);
  writeHead(exchange.response, exchange.requestId, status, headers);
  exchange.response.end();
}
