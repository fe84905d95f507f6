/** Buckets have hosts of their own; more than this many at once are not worth their memory. */
const mostSessions = 100;

/** The last session of each host, with which the next handshake is short. */
export class TlsSessions {
  readonly #byOrigin = new Map<string, Buffer>();

  get(originId: string): Buffer | undefined {
    return this.#byOrigin.get(originId);
  }

  set(originId: string, session: Buffer): void {
    this.#byOrigin.delete(originId);
    this.#byOrigin.set(originId, session);
    if (this.#byOrigin.size > mostSessions) this.#byOrigin.delete(this.#byOrigin.keys().next().value!);
  }

  delete(originId: string): void {
    this.#byOrigin.delete(originId);
  }
}
