import type { Exchange } from '../exchange';
import { respondEmpty, respondXml } from '../respond';
import { S3Error } from '../s3-error';
import { readDocument } from '../upload/read-document';
import { childText } from '../xml/parse-xml';

export function getBucketVersioning(exchange: Exchange): void {
  const { versioning } = exchange.store.bucket(exchange.bucket);
  respondXml(exchange, ['VersioningConfiguration', versioning === null ? [] : [['Status', versioning]]]);
}

export async function putBucketVersioning(exchange: Exchange): Promise<void> {
  exchange.store.bucket(exchange.bucket);
  const document = await readDocument(exchange);
  const status = document ? childText(document, 'Status')?.trim() : undefined;
  if (document?.name !== 'VersioningConfiguration' || (status !== 'Enabled' && status !== 'Suspended')) {
    throw new S3Error('MalformedXML');
  }
  exchange.store.bucket(exchange.bucket);
  exchange.store.record({ type: 'versioning', bucket: exchange.bucket, status });
  respondEmpty(exchange, 200);
}
