/** S3's front ends are looked after by health checks: one that came back is given a chance after this long. */
const rememberMs = 60_000;

/** Remembers which addresses did not answer, and when, so that they are tried last. */
export class AddressBook extends Map<string, number> {
  failed(address: string): void {
    this.set(address, performance.now());
  }

  /** The resolver's order; addresses that failed go to the end, the one that failed last behind all. */
  order(addresses: readonly string[]): string[] {
    const nowMs = performance.now();
    for (const [address, failedMs] of this) if (nowMs - failedMs > rememberMs) this.delete(address);
    return addresses.toSorted((a, b) => (this.get(a) ?? 0) - (this.get(b) ?? 0));
  }
}
