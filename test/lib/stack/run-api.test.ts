import { requestJsonSchema } from '../../../lib/run/request-json-schema';
import { synthesize } from './synthesize';
import { readable, type Resource, resource, resources } from './template-reader';

const template = synthesize();
const methods = resources(template, 'AWS::ApiGateway::Method');

test('has the routes of runs and no others', () => {
  const pathById = new Map(resources(template, 'AWS::ApiGateway::Resource'));
  const path = (id: string): string => {
    const { PathPart, ParentId } = pathById.get(id)!.Properties as {
      PathPart: string;
      ParentId: { Ref?: string };
    };
    return `${ParentId.Ref ? path(ParentId.Ref) : ''}/${PathPart}`;
  };
  const routes = methods.map(([, { Properties }]: [string, Resource]) => {
    const { Ref } = Properties['ResourceId'] as { Ref: string };
    return `${String(Properties['HttpMethod'])} ${path(Ref)}`;
  });
  expect(routes.sort()).toEqual([
    'DELETE /runs/{runId}',
    'GET /runs',
    'GET /runs/{runId}',
    'GET /runs/{runId}/records',
    'GET /runs/{runId}/report',
    'POST /runs',
  ]);
});

test.each(methods)('%s asks for IAM, is validated, and goes to the api function', (_id, { Properties }) => {
  expect(Properties).toMatchObject({
    AuthorizationType: 'AWS_IAM',
    RequestValidatorId: expect.anything(),
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' },
  });
  expect(readable((Properties['Integration'] as { Uri: unknown }).Uri)).toContain('<ApiFunction.Arn>');
});

test('API Gateway may invoke the function for these methods only', () => {
  const permissions = resources(template, 'AWS::Lambda::Permission').map(([, { Properties }]) =>
    readable(Properties['SourceArn']),
  );
  expect(permissions).toHaveLength(methods.length);
  for (const arn of permissions) expect(arn).toMatch(/\/(GET|POST|DELETE)\/runs/);
});

test('a posted request may have the fields of the planner’s schema and no others, and {} is one', () => {
  const { Schema } = resource(template, 'AWS::ApiGateway::Model').Properties as {
    Schema: { properties: Record<string, unknown> };
  };
  const { properties } = requestJsonSchema() as { properties: Record<string, unknown> };
  expect(Object.keys(Schema.properties)).toEqual(Object.keys(properties));
  expect(Object.keys(properties)).toContain('strategies');
  expect(Schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    additionalProperties: false,
  });
  expect(Schema).not.toHaveProperty('required');
  const post = methods.find(([, { Properties }]) => Properties['HttpMethod'] === 'POST')!;
  expect(Object.keys(post[1].Properties['RequestModels'] as object)).toEqual(['application/json']);
  expect(resource(template, 'AWS::ApiGateway::RequestValidator').Properties).toMatchObject({
    ValidateRequestBody: true,
    ValidateRequestParameters: true,
  });
});

test('a refused body is told what is wrong with it and what to write', () => {
  const { ResponseType, ResponseTemplates } = resource(
    template,
    'AWS::ApiGateway::GatewayResponse',
  ).Properties;
  expect(ResponseType).toBe('BAD_REQUEST_BODY');
  const [json] = Object.values(ResponseTemplates as Record<string, string>);
  const validationError = '$context.error.validationErrorString';
  expect(JSON.parse(json!)).toEqual({
    error: 'RequestError',
    message: validationError,
    problems: [
      { path: 'body', problem: validationError, write: expect.stringContaining('bucket, prefix, keys') },
    ],
  });
  // API Gateway reads every dollar sign as the start of a variable.
  expect(json!.replaceAll(validationError, '')).not.toContain('$');
});

test('the stage is throttled, traced and logged without bodies', () => {
  const stage = resource(template, 'AWS::ApiGateway::Stage').Properties;
  expect(stage).toMatchObject({
    StageName: 'v1',
    TracingEnabled: true,
    MethodSettings: [
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        ThrottlingRateLimit: 5,
        ThrottlingBurstLimit: 10,
        LoggingLevel: 'ERROR',
        DataTraceEnabled: false,
      },
    ],
  });
  const { DestinationArn, Format } = stage['AccessLogSetting'] as { DestinationArn: unknown; Format: string };
  expect(readable(DestinationArn)).toBe('<AccessLog.Arn>');
  expect(Object.keys(JSON.parse(Format) as object)).toContain('status');
});

test('is regional', () => {
  const { EndpointConfiguration } = resource(template, 'AWS::ApiGateway::RestApi').Properties;
  expect(EndpointConfiguration).toEqual({ Types: ['REGIONAL'] });
});

test('the logs role of the account can be left alone', () => {
  template.resourceCountIs('AWS::ApiGateway::Account', 1);
  synthesize({ apiGatewayLogsRole: false }).resourceCountIs('AWS::ApiGateway::Account', 0);
});
