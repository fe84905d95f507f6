import { loadWritten } from './written-assembly';

const handler = {
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Key: 'abc.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x' },
};
const uri = {
  'Fn::Sub':
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Handler.Arn}/invocations',
};
const method = {
  HttpMethod: 'POST',
  ResourceId: { Ref: 'Run' },
  Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri },
};
const resources = {
  Handler: handler,
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'runs' } },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      StageName: 'v1',
      MethodSettings: [
        { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 },
        {
          HttpMethod: 'POST',
          ResourcePath: '/~1runs~1{id}',
          ThrottlingRateLimit: 1,
          ThrottlingBurstLimit: 2,
        },
      ],
    },
  },
  Runs: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: 'runs' },
  },
  Run: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: { Ref: 'Runs' }, PathPart: '{id}' } },
  Model: {
    Type: 'AWS::ApiGateway::Model',
    Properties: { ContentType: 'application/json', Schema: { type: 'object' } },
  },
  Validator: {
    Type: 'AWS::ApiGateway::RequestValidator',
    Properties: { ValidateRequestBody: true, ValidateRequestParameters: true },
  },
  Bad: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      ResponseType: 'BAD_REQUEST_BODY',
      StatusCode: '422',
      ResponseParameters: { 'gatewayresponse.header.X-Why': "'body'" },
      ResponseTemplates: { 'application/json': '{}' },
    },
  },
};

function withMethod(settings: object) {
  const Method = { Type: 'AWS::ApiGateway::Method', Properties: { ...method, ...settings } };
  return loadWritten({ assets: { 'abc.zip': '' }, resources: { ...resources, Method } });
}

test('a method has its path, function, model, required parameters and throttle', async () => {
  const { restApi } = await withMethod({
    AuthorizationType: 'AWS_IAM',
    RequestValidatorId: { Ref: 'Validator' },
    RequestModels: { 'application/json': { Ref: 'Model' } },
    RequestParameters: {
      'method.request.querystring.limit': true,
      'method.request.header.X-Other': false,
      'method.request.path.id': true,
    },
  });
  expect(restApi).toMatchObject({
    name: 'runs',
    stage: 'v1',
    gatewayResponses: [
      {
        type: 'BAD_REQUEST_BODY',
        status: 422,
        headers: { 'X-Why': 'body' },
        templates: { 'application/json': '{}' },
      },
    ],
  });
  expect(restApi?.routes).toMatchObject([
    {
      method: 'POST',
      resourcePath: '/runs/{id}',
      authorization: 'AWS_IAM',
      functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:Demo-Handler',
      timeoutMs: 29_000,
      bodyModels: { 'application/json': { type: 'object' } },
      requiredParameters: ['querystring.limit'],
      throttle: { ratePerSecond: 1, burst: 2 },
    },
  ]);
});

test('without a validator nothing is checked; the root is /; the throttle is the one for all', async () => {
  const { restApi } = await withMethod({
    HttpMethod: 'ANY',
    ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
    RequestModels: { 'application/json': { Ref: 'Model' } },
    RequestParameters: { 'method.request.querystring.limit': true },
  });
  expect(restApi?.routes).toMatchObject([
    { resourcePath: '/', bodyModels: {}, requiredParameters: [], throttle: { ratePerSecond: 5, burst: 10 } },
  ]);
});

test.each([
  { settings: { AuthorizationType: 'CUSTOM' }, says: /Method: CUSTOM is not known/ },
  { settings: { ApiKeyRequired: true }, says: /Method: an API key is not known/ },
  { settings: { Integration: { Type: 'MOCK' } }, says: /Method: only Lambda proxy integrations/ },
  { settings: { ResourceId: 'elsewhere' }, says: /Method: its resource does not belong/ },
  {
    settings: { RequestValidatorId: { Ref: 'Validator' }, RequestModels: { 'application/json': 'None' } },
    says: /Method: the template has no model None/,
  },
])('$settings is refused by name', async ({ settings, says }) => {
  await expect(withMethod(settings)).rejects.toThrow(says);
});

test('two APIs, or an API from a document, are refused', async () => {
  const Api = resources.Api;
  await expect(loadWritten({ resources: { Api, Second: Api } })).rejects.toThrow(
    /the template has Api, Second/,
  );
  const Body = { Type: Api.Type, Properties: { Body: {} } };
  await expect(loadWritten({ resources: { Body } })).rejects.toThrow(/Body: an API from an OpenAPI document/);
});
