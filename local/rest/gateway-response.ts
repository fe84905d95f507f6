import { type Refusal, refusalKinds } from './gateway-refusal';
import type { GatewayResponseSpec } from './rest-api-spec';

export interface RestResponse {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** What a refusal's template may speak of. */
export interface GatewayContext {
  requestId: string;
  extendedRequestId: string;
  stage: string;
  path: string;
  httpMethod: string;
}

type Render = (refusal: Refusal, context: GatewayContext) => RestResponse;

/** Renders refusals by the API's gateway responses; a template with an unknown variable is refused at load. */
export function gatewayResponses(specs: GatewayResponseSpec[]): Render {
  for (const { type, templates } of specs) {
    for (const template of Object.values(templates)) checkTemplate(type, template);
  }
  return (refusal, context) => {
    const [status, errorType, defaultMessage] = refusalKinds[refusal.kind];
    const spec = specFor(specs, refusal.kind, status);
    const variables = templateVariables(refusal, refusal.message ?? defaultMessage, context);
    const template = spec?.templates['application/json'] ?? '{"message":$context.error.messageString}';
    return {
      status: spec?.status ?? status,
      headers: {
        'Content-Type': 'application/json',
        'x-amzn-RequestId': context.requestId,
        'x-amz-apigw-id': context.extendedRequestId,
        'x-amzn-ErrorType': errorType,
        ...spec?.headers,
      },
      body: Buffer.from(template.replaceAll(variablePattern, (name) => variables[name] ?? '')),
    };
  };
}

const variablePattern = /\$[a-zA-Z][\w.]*/g;

function specFor(
  specs: GatewayResponseSpec[],
  kind: string,
  status: number,
): GatewayResponseSpec | undefined {
  const otherwise = status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
  return specs.find((it) => it.type === kind) ?? specs.find((it) => it.type === otherwise);
}

function checkTemplate(type: string, template: string): void {
  const known = Object.keys(templateVariables({ kind: 'BAD_REQUEST_BODY' }, '', emptyContext));
  for (const [name] of template.matchAll(variablePattern)) {
    if (!known.includes(name))
      throw new Error(`gateway response ${type}: ${name} is not known on this machine`);
  }
}

const emptyContext = { requestId: '', extendedRequestId: '', stage: '', path: '', httpMethod: '' };

function templateVariables(
  refusal: Refusal,
  message: string,
  context: GatewayContext,
): Record<string, string> {
  return {
    '$context.error.message': inString(message),
    '$context.error.messageString': JSON.stringify(message),
    '$context.error.validationErrorString': inString(refusal.validationError ?? ''),
    '$context.error.responseType': refusal.kind,
    '$context.requestId': context.requestId,
    '$context.extendedRequestId': context.extendedRequestId,
    '$context.stage': inString(context.stage),
    '$context.path': inString(context.path),
    '$context.httpMethod': inString(context.httpMethod),
  };
}

/** The text as it stands between the quotes of a JSON string: what the caller sent may hold quotes of its own. */
function inString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
