import type { Throttle } from './rest-api-spec';

/** Lets `burst` requests through at once and `ratePerSecond` on the long run. */
export class TokenBucket {
  #limit: Throttle;
  #tokens: number;
  #atMs: number;

  constructor(limit: Throttle, nowMs: number) {
    this.#limit = limit;
    this.#tokens = limit.burst;
    this.#atMs = nowMs;
  }

  take(nowMs: number): boolean {
    const gained = (Math.max(0, nowMs - this.#atMs) / 1000) * this.#limit.ratePerSecond;
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + gained);
    this.#atMs = Math.max(this.#atMs, nowMs);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
