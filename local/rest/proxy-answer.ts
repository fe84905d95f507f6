import type { RestResponse } from './gateway-response';

interface ProxyAnswer {
  statusCode: number;
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  body: string;
  isBase64Encoded: boolean;
}

/** What a function answered as an HTTP response; null where it is not what a proxy integration may answer. */
export function proxyResponse(payload: Buffer, decodeBase64: boolean): RestResponse | null {
  const answer = readAnswer(payload);
  if (answer === null) return null;
  const headers: RestResponse['headers'] = { 'Content-Type': 'application/json' };
  for (const [name, value] of Object.entries({ ...answer.headers, ...answer.multiValueHeaders })) {
    if (name.toLowerCase() === 'content-type') delete headers['Content-Type'];
    if (!ofTheConnection.has(name.toLowerCase())) headers[name] = value;
  }
  const encoding = answer.isBase64Encoded && decodeBase64 ? 'base64' : 'utf8';
  return { status: answer.statusCode, headers, body: Buffer.from(answer.body, encoding) };
}

/** Told by whoever writes the response; a function's own would break its framing. */
const ofTheConnection = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

function readAnswer(payload: Buffer): ProxyAnswer | null {
  let value: unknown;
  try {
    value = JSON.parse(payload.toString());
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = value as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return null;
  if (body !== undefined && body !== null && typeof body !== 'string') return null;
  const single = headerLists(headers);
  const multiple = headerLists(multiValueHeaders);
  if (single === null || multiple === null) return null;
  return {
    statusCode: status,
    headers: Object.fromEntries(Object.entries(single).map(([name, values]) => [name, values.join(',')])),
    multiValueHeaders: multiple,
    body: body ?? '',
    isBase64Encoded: isBase64Encoded === true,
  };
}

function headerLists(value: unknown): Record<string, string[]> | null {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return null;
  const lists = Object.entries(value).map(([name, it]) => [name, [it as unknown].flat()] as const);
  const plain = lists.every(([name, values]) => isToken(name) && values.every(isHeaderValue));
  return plain ? Object.fromEntries(lists.map(([name, values]) => [name, values.map(String)])) : null;
}

/** A line break in a value would start a header of the caller's own. */
function isHeaderValue(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return true;
  return typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

function isToken(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
}
