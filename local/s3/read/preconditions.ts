import type { IncomingHttpHeaders } from 'node:http';

export type PreconditionResult = 'proceed' | 'not-modified' | 'failed';

/**
 * Conditions in the order of RFC 9110 section 13.2.2: the ETag conditions silence the date conditions beside them.
 * `prefix` is `x-amz-copy-source-` for those of a copy's source.
 */
export function evaluatePreconditions(
  headers: IncomingHttpHeaders,
  etag: string,
  lastModifiedMs: number,
  prefix: '' | 'x-amz-copy-source-' = '',
): PreconditionResult {
  if (prefix === '' && hasNone(headers)) return 'proceed';
  const header = (name: string) => headers[prefix + name] as string | undefined;
  const modifiedSeconds = Math.floor(lastModifiedMs / 1_000);

  const ifMatch = header('if-match');
  const unmodifiedSince = seconds(header('if-unmodified-since'));
  if (ifMatch !== undefined) {
    if (!etagMatches(ifMatch, etag)) return 'failed';
  } else if (unmodifiedSince !== null && modifiedSeconds > unmodifiedSince) return 'failed';

  const ifNoneMatch = header('if-none-match');
  const modifiedSince = seconds(header('if-modified-since'));
  if (ifNoneMatch !== undefined) return etagMatches(ifNoneMatch, etag) ? 'not-modified' : 'proceed';
  return modifiedSince !== null && modifiedSeconds <= modifiedSince ? 'not-modified' : 'proceed';
}

/** Nearly every read: names looked up as they stand cost nothing, put together they do. */
function hasNone(headers: IncomingHttpHeaders): boolean {
  return (
    headers['if-match'] === undefined &&
    headers['if-none-match'] === undefined &&
    headers['if-modified-since'] === undefined &&
    headers['if-unmodified-since'] === undefined
  );
}

export function etagMatches(list: string, etag: string): boolean {
  return list.split(',').some((item) => {
    const candidate = item.trim().replace(/^W\//, '');
    return candidate === '*' || candidate.replaceAll('"', '') === etag;
  });
}

/** Null where the header is missing or is no date: such a condition is ignored. */
function seconds(httpDate: string | undefined): number | null {
  const timeMs = Date.parse(httpDate ?? '');
  return Number.isNaN(timeMs) ? null : Math.floor(timeMs / 1_000);
}
