import type { Throttle } from '../rest/rest-api-spec';
import type { Resolver } from './resolver';

interface MethodSetting {
  HttpMethod?: string;
  ResourcePath?: string;
  ThrottlingRateLimit?: number;
  ThrottlingBurstLimit?: number;
}

/** A stage's throttle by method: the method's own setting, else the one for all of them. */
export function methodThrottle(
  resolver: Resolver,
  methodSettings: unknown,
): (method: string, resourcePath: string) => Throttle | null {
  const settings = (resolver.resolve(methodSettings) ?? []) as MethodSetting[];
  return (method, resourcePath) => {
    const own = settings.find((it) => it.HttpMethod === method && settingPath(it) === resourcePath);
    const all = settings.find((it) => it.HttpMethod === '*' && it.ResourcePath === '/*');
    const ratePerSecond = own?.ThrottlingRateLimit ?? all?.ThrottlingRateLimit;
    const burst = own?.ThrottlingBurstLimit ?? all?.ThrottlingBurstLimit;
    if (ratePerSecond === undefined && burst === undefined) return null;
    return { ratePerSecond: ratePerSecond ?? accountRate, burst: burst ?? accountBurst };
  };
}

// An account's own: docs.aws.amazon.com/apigateway/latest/developerguide/limits.html, 2026-11.
const accountRate = 10_000;
const accountBurst = 5_000;

/** A setting writes `/runs/{id}` as `/~1runs~1{id}`. */
function settingPath({ ResourcePath = '' }: MethodSetting): string {
  const path = ResourcePath.slice(1).replaceAll('~1', '/');
  return path.startsWith('/') ? path : `/${path}`;
}
