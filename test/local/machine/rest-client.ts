import { until } from './until';

export interface RestAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The body parsed, or null where it is no JSON. */
  json: Record<string, unknown> | null;
}

export type Rest = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<RestAnswer>;

/** Calls the REST API as any HTTP client does. A string is sent as it stands, anything else as JSON. */
export function restClient(baseUrl: string): Rest {
  return async (method, path, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const request = {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(text === undefined ? {} : { body: text }),
    };
    // The API's throttle, five a second, is no answer.
    const response = await until(async () => {
      const answer = await fetch(new URL(path, baseUrl), request);
      return answer.status === 429 ? null : answer;
    });
    const answered = await response.text();
    return { status: response.status, headers: response.headers, text: answered, json: parsed(answered) };
  };
}

function parsed(text: string): RestAnswer['json'] {
  try {
    return JSON.parse(text) as RestAnswer['json'];
  } catch {
    return null;
  }
}

/** Starts a run and follows it to its end; the answer of GET /runs/{runId}. */
export async function runToEnd(rest: Rest, request: object): Promise<Record<string, unknown>> {
  return endOf(rest, await startRun(rest, request));
}

export async function startRun(rest: Rest, request: object): Promise<string> {
  const { status, json, text } = await rest('POST', '/runs', request);
  if (status !== 202) throw new Error(`not started: ${status} ${text}`);
  return json!['runId'] as string;
}

export async function endOf(rest: Rest, runId: string): Promise<Record<string, unknown>> {
  return until(async () => {
    const { status, json, text } = await rest('GET', `/runs/${runId}`);
    if (status !== 200 || json === null) throw new Error(`GET /runs/${runId}: ${status} ${text}`);
    return json['status'] === 'running' ? null : json;
  });
}
