/** A REST API as its template describes it. */
export interface RestApiSpec {
  id: string;
  name: string;
  stage: string;
  region: string;
  accountId: string;
  routes: RestRoute[];
  gatewayResponses: GatewayResponseSpec[];
  binaryMediaTypes: string[];
}

export interface RestRoute {
  /** `GET`, …, or `ANY` */
  method: string;
  /** `/runs/{id}` */
  resourcePath: string;
  resourceId: string;
  /** `AWS_IAM` says that the caller signs; whoever owns the socket checks it. */
  authorization: 'NONE' | 'AWS_IAM';
  functionArn: string;
  timeoutMs: number;
  /** JSON Schemas by content type; empty where bodies are not validated. */
  bodyModels: Record<string, JsonSchema>;
  /** `querystring.limit`, `header.X-Token`: refused where they are missing. */
  requiredParameters: string[];
  throttle: Throttle | null;
}

export interface Throttle {
  ratePerSecond: number;
  burst: number;
}

export interface GatewayResponseSpec {
  /** `BAD_REQUEST_BODY`, `DEFAULT_4XX`, … */
  type: string;
  status: number | null;
  headers: Record<string, string>;
  /** By content type. */
  templates: Record<string, string>;
}

export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };
export type JsonSchema = { [keyword: string]: JsonValue };
