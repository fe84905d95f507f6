import type { RestApiSpec, RestRoute } from '../../../local/rest/rest-api-spec';
import type { RestRequest } from '../../../local/rest/rest-request';

export function route(settings: Partial<RestRoute> = {}): RestRoute {
  return {
    method: 'GET',
    resourcePath: '/runs',
    resourceId: 'abc123',
    authorization: 'NONE',
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:api',
    timeoutMs: 29_000,
    bodyModels: {},
    requiredParameters: [],
    throttle: null,
    ...settings,
  };
}

export function restSpec(routes: RestRoute[], settings: Partial<RestApiSpec> = {}): RestApiSpec {
  return {
    id: 'api0000001',
    name: 'Api',
    stage: 'v1',
    region: 'us-east-1',
    accountId: '123456789012',
    routes,
    gatewayResponses: [],
    binaryMediaTypes: [],
    ...settings,
  };
}

export function request(method: string, url: string, settings: Partial<RestRequest> = {}): RestRequest {
  return { method, url, headers: {}, body: Buffer.alloc(0), sourceIp: '127.0.0.1', ...settings };
}
