import { types } from 'node:util';

// Jest gives a test file an Error of its own. The SDK would take Node's errors for foreign things and wrap
// them without their codes, which it does nowhere else.
const hasInstance = Function.prototype[Symbol.hasInstance];

/** To be called before the SDK makes its first request. */
export function useOneErrorClass(): void {
  Object.defineProperty(Error, Symbol.hasInstance, {
    value(this: unknown, value: unknown) {
      return this === Error ? types.isNativeError(value) : hasInstance.call(this as () => void, value);
    },
  });
}
