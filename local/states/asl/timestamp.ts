import type { Json } from './json';

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970 of a timestamp of the states language (RFC 3339 with capital T and Z), else null. */
export function timestampMs(value: Json | undefined): number | null {
  if (typeof value !== 'string' || !rfc3339.test(value)) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}
