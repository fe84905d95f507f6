import type { Exchange } from '../exchange';
import { respondXml } from '../respond';
import { S3Error } from '../s3-error';
import { readDocument } from '../upload/read-document';
import { childText, type ParsedElement } from '../xml/parse-xml';
import type { XmlElement } from '../xml/render-xml';
import { deleteKey } from './delete-object';

// docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html, read 2026-11.
const maxKeys = 1_000;

export async function deleteObjects(exchange: Exchange): Promise<void> {
  const { store } = exchange;
  store.bucket(exchange.bucket);
  const document = await readDocument(exchange);
  const bucket = store.bucket(exchange.bucket);
  const wanted = document?.name === 'Delete' ? document.children.filter(({ name }) => name === 'Object') : [];
  if (!document || wanted.length === 0 || wanted.length > maxKeys) throw new S3Error('MalformedXML');
  const targets = wanted.map(readTarget);
  const quiet = childText(document, 'Quiet')?.trim() === 'true';
  const rows: XmlElement[] = targets.map(({ key, versionId }) => {
    const deletion = deleteKey(store, bucket, key, versionId);
    return ['Deleted', describe(key, versionId, deletion.isMarker ? deletion.versionId : null)];
  });
  respondXml(exchange, ['DeleteResult', quiet ? [] : rows]);
}

function readTarget(element: ParsedElement): { key: string; versionId: string | undefined } {
  const key = childText(element, 'Key');
  if (!key) throw new S3Error('MalformedXML');
  return { key, versionId: childText(element, 'VersionId') };
}

function describe(key: string, versionId: string | undefined, markerId: string | null): XmlElement[] {
  return [
    ['Key', key],
    ['VersionId', versionId ?? null],
    ['DeleteMarker', markerId === null ? null : true],
    ['DeleteMarkerVersionId', markerId],
  ];
}
