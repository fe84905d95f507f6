import type { Exchange } from '../exchange';
import { respondXml } from '../respond';

export function getBucketLocation(exchange: Exchange): void {
  exchange.store.bucket(exchange.bucket);
  const { region } = exchange.settings;
  // The oldest region has no name here: docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html.
  respondXml(exchange, ['LocationConstraint', region === 'us-east-1' ? '' : region]);
}
