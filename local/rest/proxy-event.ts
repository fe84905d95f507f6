import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { GatewayContext } from './gateway-response';
import type { MatchedRoute } from './match-route';
import { isBinary } from './media-types';
import type { RestApiSpec, RestRoute } from './rest-api-spec';
import { headerOf, type RestRequest } from './rest-request';

/** The event that API Gateway hands to a function: payload version 1.0. */
export function proxyEvent(
  spec: RestApiSpec,
  request: RestRequest,
  matched: MatchedRoute<RestRoute>,
  query: URLSearchParams,
  context: GatewayContext,
): APIGatewayProxyEvent {
  const multiValueHeaders = listsOf(request.headers);
  const multiValueQuery = queryLists(query);
  const binary = isBinary(spec.binaryMediaTypes, headerOf(request, 'content-type'));
  return {
    resource: matched.route.resourcePath,
    path: matched.path,
    httpMethod: request.method,
    headers: lastOf(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: nullIfEmpty(lastOf(multiValueQuery)),
    multiValueQueryStringParameters: nullIfEmpty(multiValueQuery),
    pathParameters: matched.pathParameters,
    stageVariables: null,
    requestContext: requestContext(spec, request, matched, context),
    body: request.body.length === 0 ? null : request.body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && request.body.length > 0,
  };
}

function requestContext(
  spec: RestApiSpec,
  request: RestRequest,
  matched: MatchedRoute<RestRoute>,
  context: GatewayContext,
): APIGatewayProxyEvent['requestContext'] {
  const now = new Date();
  return {
    accountId: spec.accountId,
    apiId: spec.id,
    authorizer: undefined,
    domainName: `${spec.id}.execute-api.${spec.region}.amazonaws.com`,
    domainPrefix: spec.id,
    extendedRequestId: context.extendedRequestId,
    httpMethod: request.method,
    identity: { ...nobody, sourceIp: request.sourceIp, userAgent: headerOf(request, 'user-agent') ?? null },
    path: context.path,
    protocol: 'HTTP/1.1',
    requestId: context.requestId,
    requestTime: commonLogTime(now),
    requestTimeEpoch: now.getTime(),
    resourceId: matched.route.resourceId,
    resourcePath: matched.route.resourcePath,
    stage: spec.stage,
  };
}

const nobody = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

function listsOf(headers: RestRequest['headers']): Record<string, string[]> {
  const lists = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat()] as const],
  );
  return Object.fromEntries(lists);
}

function queryLists(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

/** Where a name came more than once, the single-value form has its last value. */
function lastOf(lists: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1) ?? '']));
}

function nullIfEmpty<T extends object>(value: T): T | null {
  return Object.keys(value).length === 0 ? null : value;
}

/** `23/Nov/2026:01:02:03 +0000` */
function commonLogTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
