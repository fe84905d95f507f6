import type { Exchange } from '../exchange';
import { respondEmpty } from '../respond';

export function headBucket(exchange: Exchange): void {
  exchange.store.bucket(exchange.bucket);
  respondEmpty(exchange, 200, ['x-amz-bucket-region', exchange.settings.region]);
}
