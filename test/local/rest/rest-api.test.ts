import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type InvokeFunction, createRestApi, type RestApi } from '../../../local/rest/rest-api';
import { request, restSpec, route } from './rest-spec';

const answer = (value: unknown): Awaited<ReturnType<InvokeFunction>> => ({
  payload: Buffer.from(JSON.stringify(value)),
});
/** The event itself, as the answer's body. */
const mirror: InvokeFunction = async (_, payload) => answer({ statusCode: 200, body: payload });

function eventOf(response: { body: Buffer }): APIGatewayProxyEvent {
  return JSON.parse(response.body.toString()) as APIGatewayProxyEvent;
}

async function serve(api: RestApi): Promise<{ url: string; server: Server }> {
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    void buffer(incoming)
      .then((body) =>
        api.handle({ method, url, headers, body, sourceIp: incoming.socket.remoteAddress ?? '' }),
      )
      .then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

test('a request over HTTP becomes an event, and the answer a response', async () => {
  const routes = [route({ method: 'POST', resourcePath: '/runs/{id}' })];
  const { url, server } = await serve(createRestApi(restSpec(routes), mirror));
  const response = await fetch(`${url}/v1/runs/a%2Fb?limit=1&limit=2&q=a%20b`, {
    method: 'POST',
    headers: { 'X-One': 'first', 'User-Agent': 'test/1' },
    body: 'body \u{1F600}',
  });
  const event = (await response.json()) as APIGatewayProxyEvent;
  server.close();
  expect(response.status).toBe(200);
  expect(response.headers.get('x-amzn-requestid')).toBe(event.requestContext.requestId);
  expect(event).toMatchObject({
    resource: '/runs/{id}',
    path: '/runs/a%2Fb',
    httpMethod: 'POST',
    pathParameters: { id: 'a%2Fb' },
    queryStringParameters: { limit: '2', q: 'a b' },
    multiValueQueryStringParameters: { limit: ['1', '2'], q: ['a b'] },
    headers: { 'x-one': 'first' },
    multiValueHeaders: { 'x-one': ['first'] },
    body: 'body \u{1F600}',
    isBase64Encoded: false,
    requestContext: {
      stage: 'v1',
      path: '/v1/runs/a%2Fb',
      resourcePath: '/runs/{id}',
      httpMethod: 'POST',
      protocol: 'HTTP/1.1',
      accountId: '123456789012',
      identity: { sourceIp: '127.0.0.1', userAgent: 'test/1', userArn: null },
    },
  });
});

test('what is not there is null, as in a real event', async () => {
  const event = eventOf(await createRestApi(restSpec([route()]), mirror).handle(request('GET', '/runs')));
  expect(event).toMatchObject({
    body: null,
    pathParameters: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
  });
});

test('a binary body travels in base64, both ways', async () => {
  const bytes = Buffer.from([0, 255, 128, 10]);
  let event: APIGatewayProxyEvent | undefined;
  const api = createRestApi(
    restSpec([route({ method: 'POST' })], { binaryMediaTypes: ['application/octet-stream'] }),
    async (_, payload) => {
      event = JSON.parse(payload) as APIGatewayProxyEvent;
      return answer({ statusCode: 200, body: event.body, isBase64Encoded: true });
    },
  );
  const type = 'application/octet-stream';
  const headers = { 'content-type': type, accept: type };
  const response = await api.handle(request('POST', '/runs', { headers, body: bytes }));
  expect(event).toMatchObject({ isBase64Encoded: true, body: bytes.toString('base64') });
  expect(response.body).toEqual(bytes);
});

test("a function's headers are kept, but not those that frame the response", async () => {
  const api = createRestApi(restSpec([route()]), async () =>
    answer({
      statusCode: '202',
      headers: { 'content-type': 'text/plain', Location: '/runs/1', 'Content-Length': '7' },
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
      body: 'taken',
    }),
  );
  const response = await api.handle(request('GET', '/runs'));
  expect(response).toMatchObject({
    status: 202,
    headers: { 'content-type': 'text/plain', Location: '/runs/1', 'Set-Cookie': ['a=1', 'b=2'] },
  });
  const names = Object.keys(response.headers).map((it) => it.toLowerCase());
  expect(names).not.toContain('content-length');
  expect(names.filter((it) => it === 'content-type')).toHaveLength(1);
});

test.each([
  { method: 'GET', url: '/nothing' },
  { method: 'PUT', url: '/runs' },
  { method: 'GET', url: '/other/runs' },
  { method: 'GET', url: '/runs/../runs' },
])('$method $url is not there: 403, as API Gateway says it', async ({ method, url }) => {
  const response = await createRestApi(restSpec([route()]), mirror).handle(request(method, url));
  expect(response.status).toBe(403);
  expect(response.headers['x-amzn-ErrorType']).toBe('MissingAuthenticationTokenException');
  expect(response.body.toString()).toBe('{"message":"Missing Authentication Token"}');
});

test.each([
  { what: 'no JSON', payload: 'text' },
  { what: 'no object', payload: '[]' },
  { what: 'no statusCode', payload: '{"body":"x"}' },
  { what: 'a body that is no text', payload: '{"statusCode":200,"body":{}}' },
  { what: 'a header with a line break', payload: '{"statusCode":200,"headers":{"a":"b\\r\\nc: d"}}' },
])('an answer with $what is a 502', async ({ payload }) => {
  const api = createRestApi(restSpec([route()]), async () => ({ payload: Buffer.from(payload) }));
  const response = await api.handle(request('GET', '/runs'));
  expect([response.status, response.body.toString()]).toEqual([502, '{"message":"Internal server error"}']);
});

test('a function that throws is a 502 and tells nothing of its error', async () => {
  const failed = { payload: Buffer.from('{"errorMessage":"secret"}'), functionError: { errorType: 'Error' } };
  const response = await createRestApi(restSpec([route()]), async () => failed).handle(
    request('GET', '/runs'),
  );
  expect([response.status, response.body.toString()]).toEqual([502, '{"message":"Internal server error"}']);
});

test('a call that Lambda refuses is a 500', async () => {
  const refuse: InvokeFunction = () => Promise.reject(new Error('Rate Exceeded.'));
  const response = await createRestApi(restSpec([route()]), refuse).handle(request('GET', '/runs'));
  expect([response.status, response.body.toString()]).toEqual([500, '{"message":"Internal server error"}']);
});

test('a function that does not answer in time is a 504', async () => {
  const never: InvokeFunction = () => new Promise(() => {});
  const response = await createRestApi(restSpec([route({ timeoutMs: 5 })]), never).handle(
    request('GET', '/runs'),
  );
  expect([response.status, response.body.toString()]).toEqual([
    504,
    '{"message":"Endpoint request timed out"}',
  ]);
});

test('a body above 10 MB is a 413, one of 10 MB goes through', async () => {
  const api = createRestApi(restSpec([route({ method: 'POST' })]), async () => answer({ statusCode: 204 }));
  const most = Buffer.alloc(10 * 1024 * 1024, 'x');
  expect((await api.handle(request('POST', '/runs', { body: most }))).status).toBe(204);
  const more = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
  expect((await api.handle(request('POST', '/runs', { body: more }))).status).toBe(413);
});

test('above its burst a route refuses, and takes requests again at its rate', async () => {
  let nowMs = 0;
  const spec = restSpec([route({ throttle: { ratePerSecond: 2, burst: 3 } })]);
  const api = createRestApi(spec, mirror, () => nowMs);
  const status = async (): Promise<number> => (await api.handle(request('GET', '/runs'))).status;
  expect([await status(), await status(), await status(), await status()]).toEqual([200, 200, 200, 429]);
  nowMs = 499;
  expect(await status()).toBe(429);
  nowMs = 500;
  expect([await status(), await status()]).toEqual([200, 429]);
  const refused = await api.handle(request('GET', '/runs'));
  expect(refused.body.toString()).toBe('{"message":"Too Many Requests"}');
});
