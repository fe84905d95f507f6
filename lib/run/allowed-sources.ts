import { RequestError } from './request-error';
import type { ResolvedRequest } from './resolve-request';

/** Objects of this bucket whose keys begin with this prefix may be read. */
export interface AllowedSource {
  bucket: string;
  prefix: string;
}

/** On one machine everything belongs to the person who runs it. No stack is ever deployed with this. */
export const everySource: AllowedSource = { bucket: '*', prefix: '' };

const isOf = (source: AllowedSource, bucket: string) => source.bucket === bucket || source.bucket === '*';

/** Reads the list that was given at deploy time. Throws where it is no such list. */
export function parseAllowedSources(json: string): AllowedSource[] {
  const list = JSON.parse(json) as unknown;
  if (!Array.isArray(list) || !list.every(isSource))
    throw new Error('allowed sources are a list of {"bucket","prefix"}, each bucket by its name');
  return list;
}

function isSource(item: unknown): item is AllowedSource {
  const { bucket, prefix } = (item ?? {}) as Partial<AllowedSource>;
  return typeof bucket === 'string' && !bucket.includes('*') && typeof prefix === 'string';
}

export function isAllowed(allowed: readonly AllowedSource[], bucket: string, keyOrPrefix: string): boolean {
  return allowed.some((source) => isOf(source, bucket) && keyOrPrefix.startsWith(source.prefix));
}

/** Deny by default: throws a RequestError where the request reaches beyond the allowed sources. */
export function refuseWhatIsNotAllowed(request: ResolvedRequest, allowed: readonly AllowedSource[]): void {
  const { bucket, objects } = request;
  const ofBucket = allowed.filter((source) => isOf(source, bucket));
  if (ofBucket.length === 0)
    throw new RequestError([
      { path: 'bucket', problem: `${JSON.stringify(bucket)} is not allowed`, write: writeBucket(allowed) },
    ]);
  const named = 'keys' in objects ? objects.keys : [objects.prefix];
  const problems = named.flatMap((name, n) =>
    isAllowed(allowed, bucket, name)
      ? []
      : {
          path: 'keys' in objects ? `keys[${n}]` : 'prefix',
          problem: `${JSON.stringify(name)} is not allowed in bucket ${bucket}`,
          write: `one that begins with ${ofBucket.map(({ prefix }) => JSON.stringify(prefix)).join(' or ')}`,
        },
  );
  if (problems.length > 0) throw new RequestError(problems);
}

function writeBucket(allowed: readonly AllowedSource[]): string {
  const names = [...new Set(allowed.map(({ bucket }) => bucket))].map((name) => `"bucket":"${name}"`);
  return `${names.join(' or ')}, or deploy with the bucket in allowedSources`;
}
