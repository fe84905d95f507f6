export interface RestRequest {
  method: string;
  /** Path and query, as they came in. */
  url: string;
  /** By lower-case name, as node:http gives them. */
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  sourceIp: string;
}

/** A header's value; the last one where it came more than once. */
export function headerOf(request: RestRequest, name: string): string | undefined {
  const value = Object.entries(request.headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return Array.isArray(value) ? value.at(-1) : value;
}
