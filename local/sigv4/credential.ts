/** Who signed, for which day, region and service, and which headers. */
export interface Credential {
  accessKeyId: string;
  /** `YYYYMMDD` */
  date: string;
  region: string;
  service: string;
  /** `DATE/REGION/SERVICE/aws4_request` */
  scope: string;
  signedHeaders: string[];
}

const headerPattern = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*$/;

// All but the signature is the same in each request that one client makes in a day.
const remembered = new Map<string, Credential>();
const maxRemembered = 64;

/** Reads an Authorization header up to its `Signature=`; null where it is malformed. */
export function credentialInHeader(authorization: string): Credential | null {
  const known = remembered.get(authorization);
  if (known) return known;
  const match = headerPattern.exec(authorization);
  const credential = match && readCredential(match[1]!, match[2]!);
  if (!credential) return null;
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(authorization, credential);
  return credential;
}

/** The access key may hold slashes, so the scope is taken from the end. */
export function readCredential(credential: string, signedHeaders: string): Credential | null {
  const match = /^(.+)\/((\d{8})\/([^/]+)\/([^/]+)\/aws4_request)$/.exec(credential);
  if (!match || signedHeaders === '') return null;
  const [, accessKeyId, scope, date, region, service] = match as unknown as string[];
  return {
    accessKeyId: accessKeyId!,
    scope: scope!,
    date: date!,
    region: region!,
    service: service!,
    signedHeaders: signedHeaders.split(';'),
  };
}
