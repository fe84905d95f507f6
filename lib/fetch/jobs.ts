import { beginObject, type Job, type Settings } from './begun-object';
import type { ObjectToFetch } from './fetch-options';

/**
 * What is to be done, in the objects' order, and an object's parts in theirs. An object that must be asked
 * after first (its size decides the parts) gives its parts when the answer is here.
 */
export class Jobs {
  readonly #objects: Iterator<ObjectToFetch> | AsyncIterator<ObjectToFetch>;
  readonly #settings: Settings;
  /** Of each object the parts that nobody has taken yet. */
  readonly #ready: Iterator<Job>[] = [];
  #opening = 0;
  #pulling = 0;
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
      const ready = this.#nextReady();
      if (ready) return ready;
      if (!this.#ended) {
        const pulled = this.#objects.next();
        // Awaiting what is here already would cost every small object a turn of the queue.
        const { done, value } = 'then' in pulled ? await this.#awaited(pulled) : pulled;
        if (!done) return this.#begin(value);
        this.#ended = true;
      } else if (this.#opening > 0) await this.#someOpened();
      else return null;
    }
  }

  /** Gives the source back: it may hold a file or a listing open. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const closing = this.#objects.return?.();
    // A generator that waits for its next object ends only when that is there.
    if (this.#pulling === 0) await closing;
    else if (closing) Promise.resolve(closing).catch(() => {});
  }

  async #awaited<T>(pulled: Promise<T>): Promise<T> {
    this.#pulling++;
    try {
      return await pulled;
    } finally {
      this.#pulling--;
    }
  }

  #begin(object: ObjectToFetch): Job {
    const begun = beginObject(object, this.#settings);
    if (!begun.mustOpen) {
      this.#ready.push(begun.jobs());
      return this.#nextReady()!;
    }
    this.#opening++;
    return async () => {
      try {
        const record = await begun.open();
        if (!record) this.#ready.push(begun.jobs());
        return record;
      } finally {
        this.#opening--;
        this.#wake();
      }
    };
  }

  #nextReady(): Job | null {
    for (let [parts] = this.#ready; parts; [parts] = this.#ready) {
      const { done, value } = parts.next();
      if (!done) return value;
      this.#ready.shift();
    }
    return null;
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
