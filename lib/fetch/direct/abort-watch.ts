interface Abortable {
  onAbort(): void;
}

/** One listener on a signal however many requests it stops, and none when they have ended. */
export class AbortWatch {
  readonly #bySignal = new Map<AbortSignal, { waiting: Set<Abortable>; listener: () => void }>();

  add(signal: AbortSignal, abortable: Abortable): void {
    const known = this.#bySignal.get(signal);
    if (known) {
      known.waiting.add(abortable);
      return;
    }
    const waiting = new Set([abortable]);
    const listener = () => {
      for (const each of waiting) each.onAbort();
    };
    signal.addEventListener('abort', listener);
    this.#bySignal.set(signal, { waiting, listener });
  }

  remove(signal: AbortSignal, abortable: Abortable): void {
    const known = this.#bySignal.get(signal);
    if (!known) return;
    known.waiting.delete(abortable);
    if (known.waiting.size > 0) return;
    signal.removeEventListener('abort', known.listener);
    this.#bySignal.delete(signal);
  }
}
