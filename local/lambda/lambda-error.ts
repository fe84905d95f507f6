const kinds = {
  InvalidRequestContentException: 400,
  InvalidParameterValueException: 400,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  RequestTooLargeException: 413,
  TooManyRequestsException: 429,
  ServiceException: 500,
} as const;

/** Lambda refused the call: the function did not run. */
export class LambdaError extends Error {
  override name = 'LambdaError';
  /** The name that Lambda's API gives it: `TooManyRequestsException`. */
  readonly type: keyof typeof kinds;
  readonly status: number;
  readonly reason: string | undefined;

  constructor(type: keyof typeof kinds, message: string, reason?: string) {
    super(message);
    this.type = type;
    this.status = kinds[type];
    this.reason = reason;
  }

  /** The name that Step Functions matches in Retry and Catch: `Lambda.TooManyRequestsException`. */
  get code(): string {
    return `Lambda.${this.type}`;
  }
}
