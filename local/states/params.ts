import { isObject, type Json, type JsonObject } from './asl/json';
import { ServiceError } from './service-error';

/** The parameters of an API call; what has the wrong type or is missing is a ValidationException. */
export class Params {
  readonly #raw: JsonObject;

  constructor(raw: Json) {
    if (!isObject(raw)) throw new ServiceError('SerializationException', 'The body must be a JSON object');
    this.#raw = raw;
  }

  neededString(name: string): string {
    const value = this.string(name);
    if (value !== undefined) return value;
    throw invalid(name, 'Member must not be null');
  }

  string(name: string): string | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'string') return value;
    throw invalid(name, 'Member must be a string');
  }

  boolean(name: string): boolean | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw invalid(name, 'Member must be a boolean');
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const value = this.string(name);
    if (value === undefined || values.includes(value as T)) return value as T | undefined;
    throw invalid(name, `Member must satisfy enum value set: [${values.join(', ')}]`);
  }

  /** An ARN of the Step Functions resource `type`. */
  arn(name: string, type: 'stateMachine' | 'execution'): string {
    const value = this.neededString(name);
    if (new RegExp(`^arn:[a-z0-9-]+:states:[a-z0-9-]+:\\d{12}:${type}:.+$`, 's').test(value)) return value;
    throw new ServiceError('InvalidArn', `Invalid Arn: '${value}'`);
  }

  /** 0 and absence mean 100 (API reference). */
  maxResults(): number {
    const value = this.#value('maxResults') ?? 0;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 1000)
      throw invalid('maxResults', 'Member must be an integer from 0 to 1000');
    return value || 100;
  }

  #value(name: string): Json | undefined {
    const value = Object.hasOwn(this.#raw, name) ? this.#raw[name] : undefined;
    return value === null ? undefined : value;
  }
}

function invalid(name: string, constraint: string): ServiceError {
  return new ServiceError(
    'ValidationException',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: ${constraint}`,
  );
}
