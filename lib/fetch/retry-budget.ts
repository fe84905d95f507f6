/**
 * Stops retries from making an outage worse: they draw on a budget that every fetch of a client shares. The
 * figures are those of the AWS SDKs' standard retry mode (capacity 500, 5 a retry, given back by what succeeds).
 */
export class RetryBudget {
  #left = capacity;

  /** Whether one more retry may be made; it is paid for. */
  take(): boolean {
    if (this.#left < retryCost) return false;
    this.#left -= retryCost;
    return true;
  }

  /** A request that succeeded gives back what its retries cost, and a little more. */
  refund(retries: number): void {
    this.#left = Math.min(capacity, this.#left + retries * retryCost + 1);
  }
}

const capacity = 500;
const retryCost = 5;
