import * as fc from 'fast-check';
import { createRestApi } from '../../../local/rest/rest-api';
import type { GatewayResponseSpec, JsonSchema, RestRoute } from '../../../local/rest/rest-api-spec';
import { request, restSpec, route } from './rest-spec';

const model: JsonSchema = {
  type: 'object',
  properties: { bucket: { type: 'string' }, num: { type: 'integer', minimum: 1 } },
  required: ['bucket'],
  additionalProperties: false,
};
const checked = route({ method: 'POST', bodyModels: { 'application/json': model } });

function post(
  body: string,
  settings: { headers?: Record<string, string>; responses?: GatewayResponseSpec[] } = {},
) {
  const spec = restSpec([checked], { gatewayResponses: settings.responses ?? [] });
  const api = createRestApi(spec, async () => ({ payload: Buffer.from('{"statusCode":202}') }));
  return api.handle(request('POST', '/runs', { body: Buffer.from(body), headers: settings.headers ?? {} }));
}

test.each(['{"bucket":"b"}', '{"bucket":"b","num":1}'])('%s goes through', async (body) => {
  expect((await post(body)).status).toBe(202);
});

test.each(['', '{', '[]', '{}', '{"bucket":1}', '{"bucket":"b","num":0}', '{"bucket":"b","z":1}'])(
  'a body of %s is refused in the form of API Gateway',
  async (body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(response.headers['x-amzn-ErrorType']).toBe('BadRequestException');
    expect(response.body.toString()).toBe('{"message":"Invalid request body"}');
  },
);

test('JSON that is nested as deep as a body allows is refused, not a crash', async () => {
  const deep = route({ method: 'POST', bodyModels: { 'application/json': { enum: [1] } } });
  const api = createRestApi(restSpec([deep]), async () => ({ payload: Buffer.from('{"statusCode":202}') }));
  const body = Buffer.from('['.repeat(1_000_000) + ']'.repeat(1_000_000));
  expect((await api.handle(request('POST', '/runs', { body }))).status).toBe(400);
});

test('a content type with a model is checked whatever its case and parameters, one without is let through', async () => {
  expect((await post('{}', { headers: { 'content-type': 'Application/JSON; charset=utf-8' } })).status).toBe(
    400,
  );
  expect((await post('{}', { headers: { 'content-type': 'text/plain' } })).status).toBe(202);
});

test("a gateway response's status, headers and template are used, and what the caller sent cannot break its JSON", async () => {
  const responses: GatewayResponseSpec[] = [
    {
      type: 'BAD_REQUEST_BODY',
      status: 422,
      headers: { 'X-Why': 'body' },
      templates: {
        'application/json':
          '{"error":"$context.error.responseType","message":$context.error.messageString,"why":"$context.error.validationErrorString"}',
      },
    },
  ];
  const response = await post('{"bucket":"b","num":"\\"},{"}', { responses });
  expect(response).toMatchObject({ status: 422, headers: { 'X-Why': 'body' } });
  expect(JSON.parse(response.body.toString())).toEqual({
    error: 'BAD_REQUEST_BODY',
    message: 'Invalid request body',
    why: '[instance type (string) does not match any allowed primitive type (allowed: ["integer"])]',
  });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (name) => {
      const { body } = await post(JSON.stringify({ bucket: 'b', [`x${name}`]: 1 }), { responses });
      expect(JSON.parse(body.toString())).toMatchObject({ error: 'BAD_REQUEST_BODY' });
    }),
  );
});

test('DEFAULT_4XX stands in where a refusal has no response of its own', async () => {
  const responses = [
    { type: 'DEFAULT_4XX', status: null, headers: {}, templates: { 'application/json': '{"own":true}' } },
  ];
  expect((await post('{}', { responses })).body.toString()).toBe('{"own":true}');
});

test('a template with a variable that is not known is refused at load', () => {
  const templates = { 'application/json': '{"a":"$context.identity.sourceIp"}' };
  const gatewayResponses = [{ type: 'THROTTLED', status: null, headers: {}, templates }];
  const spec = restSpec([], { gatewayResponses });
  expect(() => createRestApi(spec, () => Promise.reject(new Error()))).toThrow(
    /\$context\.identity\.sourceIp/,
  );
});

test.each([
  { url: '/runs', headers: {}, missing: 'limit, X-Token' },
  { url: '/runs?limit=', headers: { 'x-token': 'a' }, missing: 'limit' },
  { url: '/runs?limit=3', headers: { 'x-token': 'a' }, missing: null },
])('$url misses $missing', async ({ url, headers, missing }) => {
  const needy: RestRoute = route({ requiredParameters: ['querystring.limit', 'header.X-Token'] });
  const api = createRestApi(restSpec([needy]), async () => ({ payload: Buffer.from('{"statusCode":202}') }));
  const response = await api.handle(request('GET', url, { headers }));
  expect(response.status).toBe(missing === null ? 202 : 400);
  if (missing !== null) {
    const message = `Missing required request parameters: [${missing}]`;
    expect(JSON.parse(response.body.toString())).toEqual({ message });
  }
});
