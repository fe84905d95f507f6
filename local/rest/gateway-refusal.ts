/** What API Gateway refuses by itself, before or after the function: docs.aws.amazon.com/apigateway, gateway response types. */
export const refusalKinds = {
  MISSING_AUTHENTICATION_TOKEN: [403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  BAD_REQUEST_BODY: [400, 'BadRequestException', 'Invalid request body'],
  BAD_REQUEST_PARAMETERS: [400, 'BadRequestException', 'Missing required request parameters'],
  REQUEST_TOO_LARGE: [413, 'RequestTooLargeException', 'HTTP content length exceeded 10485760 bytes'],
  THROTTLED: [429, 'TooManyRequestsException', 'Too Many Requests'],
  API_CONFIGURATION_ERROR: [500, 'InternalServerErrorException', 'Internal server error'],
  INTEGRATION_FAILURE: [502, 'InternalServerErrorException', 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'InternalServerErrorException', 'Endpoint request timed out'],
} as const;

type RefusalKind = keyof typeof refusalKinds;

export interface Refusal {
  kind: RefusalKind;
  /** Instead of the kind's own message. */
  message?: string;
  /** `[object has missing required properties (["bucket"])]` */
  validationError?: string;
}
