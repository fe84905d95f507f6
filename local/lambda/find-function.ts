import type { FunctionSpec } from './function-spec';
import { LambdaError } from './lambda-error';

/** By name, partial ARN (`123456789012:function:name`) or ARN, each with or without `:$LATEST`. */
export function findFunction(functions: FunctionSpec[], nameOrArn: string): FunctionSpec {
  const [, prefix = '', name = '', qualifier] = /^(.*:function:)?([^:]*)(?::([^:]*))?$/.exec(nameOrArn) ?? [];
  const found = functions.find((spec) => spec.name === name && spec.arn.endsWith(`${prefix}${name}`));
  if (found === undefined || (qualifier !== undefined && qualifier !== '$LATEST')) {
    throw new LambdaError('ResourceNotFoundException', `Function not found: ${nameOrArn}`);
  }
  return found;
}
