import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

const cachedKeys = new Map<string, KeyObject>();
const maxCachedKeys = 64;

/** The key of one day, region and service. Cached: deriving it costs four HMACs. */
export function signingKey(secret: string, date: string, region: string, service: string): KeyObject {
  const cacheKey = `${date}/${region}/${service}/${secret}`;
  const cached = cachedKeys.get(cacheKey);
  if (cached) return cached;
  let key: string | Buffer = `AWS4${secret}`;
  for (const step of [date, region, service, 'aws4_request']) key = hmac(key, step);
  // A KeyObject: on Node 24 an HMAC with a Buffer for its key costs six times as much.
  const keyObject = createSecretKey(key as Buffer);
  if (cachedKeys.size >= maxCachedKeys) cachedKeys.clear();
  cachedKeys.set(cacheKey, keyObject);
  return keyObject;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
