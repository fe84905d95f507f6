import type { GatewayResponseSpec, RestApiSpec } from '../rest/rest-api-spec';
import type { Resolver } from './resolver';
import { restRoutes } from './rest-routes';
import { stackResources } from './stack-resources';
import { TemplateError } from './template-error';

/** The template's REST API, or null where it has none. */
export function restApi(resolver: Resolver): RestApiSpec | null {
  const apis = stackResources(resolver, 'AWS::ApiGateway::RestApi');
  if (apis.length > 1) {
    const names = apis.map(({ logicalId }) => logicalId).join(', ');
    throw new TemplateError(`one REST API fits on this machine, the template has ${names}`);
  }
  const api = apis[0];
  if (api === undefined) return null;
  const { logicalId, properties } = api;
  if (properties['Body'] !== undefined || properties['BodyS3Location'] !== undefined) {
    throw new TemplateError(`${logicalId}: an API from an OpenAPI document is not known on this machine`);
  }
  const stages = stackResources(resolver, 'AWS::ApiGateway::Stage');
  if (stages.length !== 1)
    throw new TemplateError(`${logicalId}: exactly one stage is needed, found ${stages.length}`);
  const stage = stages[0]!;
  return {
    id: resolver.attribute(logicalId, 'ref'),
    name: resolver.string(properties['Name'] ?? logicalId, `${logicalId}.Name`),
    stage: resolver.attribute(stage.logicalId, 'ref'),
    region: resolver.place.region,
    accountId: resolver.place.accountId,
    routes: restRoutes(resolver, stage.properties['MethodSettings']),
    gatewayResponses: stackResources(resolver, 'AWS::ApiGateway::GatewayResponse').map((it) =>
      gatewayResponse(resolver, it.logicalId, it.properties),
    ),
    binaryMediaTypes: (resolver.resolve(properties['BinaryMediaTypes']) ?? []) as string[],
  };
}

function gatewayResponse(
  resolver: Resolver,
  logicalId: string,
  properties: Record<string, unknown>,
): GatewayResponseSpec {
  const { ResponseType, StatusCode, ResponseParameters, ResponseTemplates } = resolver.resolve(
    properties,
  ) as {
    ResponseType: string;
    StatusCode?: string;
    ResponseParameters?: Record<string, string>;
    ResponseTemplates?: Record<string, string>;
  };
  return {
    type: ResponseType,
    status: StatusCode === undefined ? null : Number(StatusCode),
    headers: Object.fromEntries(
      Object.entries(ResponseParameters ?? {}).map(([name, value]) => headerOf(logicalId, name, value)),
    ),
    templates: ResponseTemplates ?? {},
  };
}

function headerOf(logicalId: string, name: string, value: string): [string, string] {
  const prefix = 'gatewayresponse.header.';
  const literal = /^'(.*)'$/.exec(value)?.[1];
  if (!name.startsWith(prefix) || literal === undefined) {
    throw new TemplateError(
      `${logicalId}: ${name} = ${value}: only headers with a 'fixed text' are known here`,
    );
  }
  return [name.slice(prefix.length), literal];
}
