import { randomBytes, randomUUID } from 'node:crypto';
import { type CheckRequest, requestCheck } from './check-request';
import type { Refusal } from './gateway-refusal';
import { type GatewayContext, gatewayResponses, type RestResponse } from './gateway-response';
import { type MatchedRoute, matchRoute } from './match-route';
import { isBinary } from './media-types';
import { proxyResponse } from './proxy-answer';
import { proxyEvent } from './proxy-event';
import type { RestApiSpec, RestRoute } from './rest-api-spec';
import { headerOf, type RestRequest } from './rest-request';
import { TokenBucket } from './token-bucket';

export interface RestApi {
  handle(request: RestRequest): Promise<RestResponse>;
}

export type InvokeFunction = (
  functionArn: string,
  payload: string,
) => Promise<{ payload: Buffer; functionError?: { errorType: string } }>;

interface ReadyRoute extends RestRoute {
  check: CheckRequest;
  bucket: TokenBucket | null;
}

// docs.aws.amazon.com/apigateway/latest/developerguide/limits.html, 2026-11.
const maxBodyBytes = 10 * 1024 * 1024;

/** API Gateway's REST API on one machine: routes, validates and throttles as the template says. */
export function createRestApi(
  spec: RestApiSpec,
  invoke: InvokeFunction,
  nowMs: () => number = () => performance.now(),
): RestApi {
  const refuse = gatewayResponses(spec.gatewayResponses);
  const routes: ReadyRoute[] = spec.routes.map((route) => ({
    ...route,
    check: requestCheck(route),
    bucket: route.throttle === null ? null : new TokenBucket(route.throttle, nowMs()),
  }));
  return {
    handle: async (request) => {
      const { pathname, searchParams } = splitUrl(request.url);
      const context = newContext(spec.stage, request.method, pathname);
      const matched = matchRoute({ stage: spec.stage, routes }, request.method, pathname);
      if (matched === null) return refuse({ kind: 'MISSING_AUTHENTICATION_TOKEN' }, context);
      context.path = `/${spec.stage}${matched.path}`;
      const refusal = refusalOf(matched.route, request, searchParams, nowMs);
      if (refusal !== null) return refuse(refusal, context);
      const event = JSON.stringify(proxyEvent(spec, request, matched, searchParams, context));
      const outcome = await integrate(spec, request, matched, () => invoke(matched.route.functionArn, event));
      return 'kind' in outcome ? refuse(outcome, context) : withIds(outcome, context);
    },
  };
}

function refusalOf(
  route: ReadyRoute,
  request: RestRequest,
  query: URLSearchParams,
  nowMs: () => number,
): Refusal | null {
  if (request.body.length > maxBodyBytes) return { kind: 'REQUEST_TOO_LARGE' };
  if (route.bucket?.take(nowMs()) === false) return { kind: 'THROTTLED' };
  return route.check(request, query);
}

async function integrate(
  spec: RestApiSpec,
  request: RestRequest,
  { route }: MatchedRoute<ReadyRoute>,
  invoke: () => ReturnType<InvokeFunction>,
): Promise<RestResponse | Refusal> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, route.timeoutMs, 'late');
  });
  try {
    const result = await Promise.race([invoke(), late]);
    if (result === 'late') return { kind: 'INTEGRATION_TIMEOUT' };
    if (result.functionError !== undefined) return { kind: 'INTEGRATION_FAILURE' };
    const accepted = headerOf(request, 'accept') ?? '*/*';
    const answer = proxyResponse(result.payload, isBinary(spec.binaryMediaTypes, accepted));
    return answer ?? { kind: 'INTEGRATION_FAILURE' };
  } catch {
    // Lambda itself refused the call: throttled, or no such function.
    return { kind: 'API_CONFIGURATION_ERROR' };
  } finally {
    clearTimeout(timer);
  }
}

function splitUrl(url: string): { pathname: string; searchParams: URLSearchParams } {
  const at = url.indexOf('?');
  // No URL class for the path: it would resolve `..` before the routes are asked.
  return at < 0
    ? { pathname: url, searchParams: new URLSearchParams() }
    : { pathname: url.slice(0, at), searchParams: new URLSearchParams(url.slice(at + 1)) };
}

function newContext(stage: string, httpMethod: string, path: string): GatewayContext {
  const extendedRequestId = randomBytes(11).toString('base64url');
  return { requestId: randomUUID(), extendedRequestId, stage, path, httpMethod };
}

function withIds(response: RestResponse, context: GatewayContext): RestResponse {
  const ids = { 'x-amzn-RequestId': context.requestId, 'x-amz-apigw-id': context.extendedRequestId };
  return { ...response, headers: { ...ids, ...response.headers } };
}
