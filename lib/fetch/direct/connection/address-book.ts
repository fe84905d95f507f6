/** S3's front ends are looked after by health checks: one that came back is given a chance after this long. */
const rememberMs = 60_000;

/** Remembers which addresses did not answer, so that they are tried last. */
export class AddressBook {
  readonly #failedMs = new Map<string, number>();

  failed(address: string): void {
    this.#failedMs.delete(address);
    this.#failedMs.set(address, performance.now());
  }

  answered(address: string): void {
    this.#failedMs.delete(address);
  }

  forget(): void {
    this.#failedMs.clear();
  }

  /** The resolver's order; addresses that failed go to the end, the one that failed last behind all. */
  order(addresses: readonly string[]): string[] {
    const nowMs = performance.now();
    for (const [address, failedMs] of this.#failedMs)
      if (nowMs - failedMs > rememberMs) this.#failedMs.delete(address);
    return addresses.toSorted((a, b) => (this.#failedMs.get(a) ?? 0) - (this.#failedMs.get(b) ?? 0));
  }
}
