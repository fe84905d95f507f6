import { HmacSha256 } from './hmac-sha256';

const cachedKeys = new Map<string, HmacSha256>();
const maxCachedKeys = 64;

/** The key of one secret and scope (`DAY/REGION/SERVICE/aws4_request`). Cached: deriving it costs four HMACs. */
export function signingKey(secret: string, scope: string): HmacSha256 {
  const cacheKey = `${scope}/${secret}`;
  const cached = cachedKeys.get(cacheKey);
  if (cached) return cached;
  let key = new HmacSha256(Buffer.from(`AWS4${secret}`));
  for (const step of scope.split('/')) key = new HmacSha256(key.bytes(step));
  if (cachedKeys.size >= maxCachedKeys) cachedKeys.clear();
  cachedKeys.set(cacheKey, key);
  return key;
}
