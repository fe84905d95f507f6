/** An error of the Step Functions API; `code` is its `__type`. */
export class ServiceError extends Error {
  override name = 'ServiceError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
