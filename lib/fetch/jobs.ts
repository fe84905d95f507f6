import { BegunObject, type Job, type Settings } from './begun-object';
import type { ObjectToFetch } from './fetch-options';

/**
 * What is to be done, in the objects' order, and an object's parts in theirs. An object that must be asked
 * after first (its size decides the parts) gives its parts when the answer is here.
 */
export class Jobs {
  readonly #objects: Iterator<ObjectToFetch> | AsyncIterator<ObjectToFetch>;
  readonly #settings: Settings;
  readonly #ready: Job[] = [];
  #opening = 0;
  #ended = false;
  #wake = () => {};
  #woken: Promise<void> | null = null;

  constructor(objects: Iterable<ObjectToFetch> | AsyncIterable<ObjectToFetch>, settings: Settings) {
    this.#objects =
      Symbol.asyncIterator in objects ? objects[Symbol.asyncIterator]() : objects[Symbol.iterator]();
    this.#settings = settings;
  }

  /** Null when everything is done or being done. */
  async next(): Promise<Job | null> {
    for (;;) {
      const ready = this.#ready.shift();
      if (ready) return ready;
      if (!this.#ended) {
        const pulled = this.#objects.next();
        // Awaiting what is here already would cost every small object a turn of the queue.
        const { done, value } = pulled instanceof Promise ? await pulled : pulled;
        if (done) this.#ended = true;
        else if (!this.#ended) return this.#begin(value);
      } else if (this.#opening > 0) await this.#someOpened();
      else return null;
    }
  }

  /** Gives the source back: it may hold a file or a listing open. */
  async close(): Promise<void> {
    if (!this.#ended) await this.#objects.return?.();
    this.#ended = true;
  }

  #begin(object: ObjectToFetch): Job {
    const begun = new BegunObject(object, this.#settings);
    if (!begun.mustOpen) {
      this.#ready.push(...begun.jobs());
      return this.#ready.shift()!;
    }
    this.#opening++;
    return async () => {
      try {
        const record = await begun.open();
        if (!record) this.#ready.push(...begun.jobs());
        return record;
      } finally {
        this.#opening--;
        this.#wake();
      }
    };
  }

  #someOpened(): Promise<void> {
    this.#woken ??= new Promise((resolve) => {
      this.#wake = () => {
        this.#woken = null;
        resolve();
      };
    });
    return this.#woken;
  }
}
