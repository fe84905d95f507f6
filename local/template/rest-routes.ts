import type { JsonSchema, RestRoute } from '../rest/rest-api-spec';
import { methodThrottle } from './method-throttle';
import type { Resolver } from './resolver';
import { stackResources } from './stack-resources';
import { TemplateError } from './template-error';

interface MethodProperties {
  HttpMethod: string;
  ResourceId: string;
  AuthorizationType?: string;
  ApiKeyRequired?: boolean;
  RequestValidatorId?: string;
  RequestModels?: Record<string, string>;
  RequestParameters?: Record<string, boolean>;
  Integration?: { Type?: string; Uri?: string; TimeoutInMillis?: number };
}

// REST API, edge and default; docs.aws.amazon.com/apigateway/latest/developerguide/limits.html, 2026-11.
const integrationTimeoutMs = 29_000;

/** Every method of the template with its path, validation and function. */
export function restRoutes(resolver: Resolver, methodSettings: unknown): RestRoute[] {
  const paths = resourcePaths(resolver);
  const models = modelSchemas(resolver);
  const validators = requestValidators(resolver);
  const throttleOf = methodThrottle(resolver, methodSettings);
  return stackResources(resolver, 'AWS::ApiGateway::Method').map(({ logicalId, properties }) => {
    const method = resolver.resolve(properties) as MethodProperties;
    const resourcePath = paths(method.ResourceId, logicalId);
    const validator = validators.get(method.RequestValidatorId ?? '');
    return {
      method: method.HttpMethod,
      resourcePath,
      resourceId: method.ResourceId,
      authorization: authorization(method, logicalId),
      functionArn: integratedFunction(method, logicalId),
      timeoutMs: method.Integration?.TimeoutInMillis ?? integrationTimeoutMs,
      bodyModels: validator?.body === true ? bodyModels(method, models, logicalId) : {},
      requiredParameters: validator?.parameters === true ? requiredParameters(method) : [],
      throttle: throttleOf(method.HttpMethod, resourcePath),
    };
  });
}

function resourcePaths(resolver: Resolver): (resourceId: string, user: string) => string {
  const parents = new Map<string, { parentId: string; part: string }>();
  for (const { logicalId, properties } of stackResources(resolver, 'AWS::ApiGateway::Resource')) {
    parents.set(resolver.attribute(logicalId, 'ref'), {
      parentId: resolver.string(properties['ParentId'], `${logicalId}.ParentId`),
      part: resolver.string(properties['PathPart'], `${logicalId}.PathPart`),
    });
  }
  const roots = stackResources(resolver, 'AWS::ApiGateway::RestApi').map(({ logicalId }) =>
    resolver.attribute(logicalId, 'RootResourceId'),
  );
  return (resourceId, user) => {
    let path = '';
    let id = resourceId;
    while (!roots.includes(id)) {
      const resource = parents.get(id);
      if (resource === undefined)
        throw new TemplateError(`${user}: its resource does not belong to the REST API`);
      path = `/${resource.part}${path}`;
      id = resource.parentId;
    }
    return path || '/';
  };
}

function modelSchemas(resolver: Resolver): Map<string, JsonSchema> {
  return new Map(
    stackResources(resolver, 'AWS::ApiGateway::Model').map(({ logicalId, properties }) => {
      const schema = resolver.resolve(properties['Schema'] ?? {});
      const parsed: unknown = typeof schema === 'string' ? JSON.parse(schema) : schema;
      return [resolver.attribute(logicalId, 'ref'), parsed as JsonSchema];
    }),
  );
}

function requestValidators(resolver: Resolver): Map<string, { body: boolean; parameters: boolean }> {
  return new Map(
    stackResources(resolver, 'AWS::ApiGateway::RequestValidator').map(({ logicalId, properties }) => [
      resolver.attribute(logicalId, 'ref'),
      {
        body: resolver.resolve(properties['ValidateRequestBody']) === true,
        parameters: resolver.resolve(properties['ValidateRequestParameters']) === true,
      },
    ]),
  );
}

function bodyModels(
  method: MethodProperties,
  models: Map<string, JsonSchema>,
  logicalId: string,
): Record<string, JsonSchema> {
  const named = Object.entries(method.RequestModels ?? {}).map(([contentType, name]) => {
    const schema = models.get(name);
    if (schema === undefined) throw new TemplateError(`${logicalId}: the template has no model ${name}`);
    return [contentType, schema] as const;
  });
  return Object.fromEntries(named);
}

function requiredParameters(method: MethodProperties): string[] {
  return Object.entries(method.RequestParameters ?? {})
    .filter(([, required]) => required)
    .map(([name]) => name.replace('method.request.', ''))
    .filter((name) => !name.startsWith('path.'));
}

function authorization(method: MethodProperties, logicalId: string): RestRoute['authorization'] {
  const type = method.AuthorizationType ?? 'NONE';
  if ((type !== 'NONE' && type !== 'AWS_IAM') || method.ApiKeyRequired === true) {
    const asked = method.ApiKeyRequired === true ? 'an API key' : type;
    throw new TemplateError(`${logicalId}: ${asked} is not known on this machine`);
  }
  return type;
}

function integratedFunction(method: MethodProperties, logicalId: string): string {
  const { Type = 'none', Uri = '' } = method.Integration ?? {};
  const arn = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(Uri)?.[1];
  if (Type !== 'AWS_PROXY' || arn === undefined) {
    throw new TemplateError(
      `${logicalId}: only Lambda proxy integrations are known here, not ${Type} ${Uri}`,
    );
  }
  return arn;
}
