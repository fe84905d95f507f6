import { LambdaError as RefusedInvocation } from '../lambda/lambda-error';
import type { LambdaService } from '../lambda/lambda-service';
import { LambdaError, type LambdaInvoker } from '../states/lambda-invoker';

/** How Step Functions calls Lambda: a function's error becomes one that Retry and Catch can match. */
export function invokeForStates(lambda: LambdaService): LambdaInvoker {
  return async (functionName, payload, signal) => {
    try {
      const result = await lambda.invoke(functionName, JSON.stringify(payload), { signal });
      const answer = result.payload.toString();
      if (result.functionError) throw new LambdaError(result.functionError.errorType, answer);
      return JSON.parse(answer) as unknown;
    } catch (error) {
      if (error instanceof RefusedInvocation) throw new LambdaError(error.code, error.message);
      throw error;
    }
  };
}
