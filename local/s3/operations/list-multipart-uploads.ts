import type { Exchange } from '../exchange';
import { listQuery } from '../listing/list-query';
import { prefixRow } from '../listing/object-row';
import { respondXml } from '../respond';
import { compareKeys } from '../store/key-order';
import type { MultipartUpload } from '../store/multipart-upload';
import type { XmlElement } from '../xml/render-xml';
import { owner } from './owner';

export function listMultipartUploads(exchange: Exchange): void {
  const bucket = exchange.store.bucket(exchange.bucket);
  const { prefix, delimiter, maxKeys, encode, encodingType } = listQuery(exchange.query, 'max-uploads');
  const keyMarker = exchange.query.get('key-marker') ?? '';
  const idMarker = exchange.query.get('upload-id-marker') ?? '';
  const open = Array.from(bucket.uploads.values(), ({ upload }) => upload)
    .filter((upload) => upload.key.startsWith(prefix))
    .sort((a, b) => compareKeys(a.key, b.key) || a.initiatedMs - b.initiatedMs);

  const groups = new Set<string>();
  const single: MultipartUpload[] = [];
  for (const upload of open) {
    const cut = delimiter === '' ? -1 : upload.key.indexOf(delimiter, prefix.length);
    if (cut === -1) single.push(upload);
    else groups.add(upload.key.slice(0, cut + delimiter.length));
  }
  const start = firstBehind(single, keyMarker, idMarker);
  const page = single.slice(start, start + maxKeys);
  const isTruncated = maxKeys > 0 && start + page.length < single.length;
  const last = page.at(-1);
  respondXml(exchange, [
    'ListMultipartUploadsResult',
    [
      ['Bucket', bucket.name],
      ['KeyMarker', encode(keyMarker)],
      ['UploadIdMarker', idMarker],
      ['NextKeyMarker', isTruncated && last ? encode(last.key) : null],
      ['NextUploadIdMarker', isTruncated && last ? last.uploadId : null],
      ['Prefix', encode(prefix)],
      ['Delimiter', delimiter === '' ? null : encode(delimiter)],
      ['EncodingType', encodingType],
      ['MaxUploads', maxKeys],
      ['IsTruncated', isTruncated],
      ...page.map((upload) => uploadRow(upload, encode)),
      ...Array.from(groups, (group) => prefixRow(group, encode)),
    ],
  ]);
}

function firstBehind(uploads: MultipartUpload[], keyMarker: string, idMarker: string): number {
  if (keyMarker === '') return 0;
  const marked = uploads.findIndex((upload) => upload.key === keyMarker && upload.uploadId === idMarker);
  if (marked !== -1) return marked + 1;
  const behind = uploads.findIndex((upload) => compareKeys(upload.key, keyMarker) > 0);
  return behind === -1 ? uploads.length : behind;
}

function uploadRow(upload: MultipartUpload, encode: (text: string) => string): XmlElement {
  return [
    'Upload',
    [
      ['Key', encode(upload.key)],
      ['UploadId', upload.uploadId],
      ['Initiator', owner[1]],
      owner,
      ['StorageClass', 'STANDARD'],
      ['Initiated', new Date(upload.initiatedMs).toISOString()],
      ['ChecksumAlgorithm', upload.checksumAsked ? upload.algorithm : null],
      ['ChecksumType', upload.checksumAsked ? upload.checksumType : null],
    ],
  ];
}
