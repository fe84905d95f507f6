import type { Exchange } from '../exchange';
import { respondXml } from '../respond';
import { owner } from './owner';

export function listBuckets(exchange: Exchange): void {
  const buckets = exchange.store.listBuckets().map(
    ({ name, createdMs }) =>
      [
        'Bucket',
        [
          ['Name', name],
          ['CreationDate', new Date(createdMs).toISOString()],
        ],
      ] as const,
  );
  respondXml(exchange, ['ListAllMyBucketsResult', [owner, ['Buckets', buckets]]]);
}
