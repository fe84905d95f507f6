import type { FetchRecord } from '../fetch/record';
import type { RunStore } from './run-store';

/** Closes an attempt of a unit: how many records it wrote, and what the invocation was. */
export interface DoneMarker {
  version: 1;
  records: number;
  invocation: Invocation;
}

/** One invocation of the fetch Lambda. Times are milliseconds since 1970. */
export interface Invocation {
  requestId: string;
  sandbox: string;
  memorySizeMb: number;
  coldStart: boolean;
  /** From the sandbox's start to a handler that is ready; null where the sandbox was warm. */
  initMs: number | null;
  /** When the state machine entered the state that made this invocation. */
  enteredMs: number;
  startMs: number;
  endMs: number;
}

const flushAfterRecords = 50;
const flushAfterMs = 2_000;

/**
 * Writes an attempt's records in parts, so that a killed Lambda loses two seconds of them at most. Names hold
 * the attempt's id: a second delivery writes beside the first, never over it.
 */
export class RecordWriter {
  readonly #store: RunStore;
  readonly #folder: string;
  #lines: string[] = [];
  #written = 0;
  #parts = 0;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(store: RunStore, folder: string) {
    this.#store = store;
    this.#folder = folder;
  }

  add(record: FetchRecord): void {
    this.#lines.push(`${JSON.stringify(record)}\n`);
    if (this.#lines.length >= flushAfterRecords) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), flushAfterMs);
  }

  /** Resolves when everything is stored; throws where a part could not be. */
  async end(invocation: Invocation): Promise<void> {
    this.#flush();
    await this.#flushing;
    const marker: DoneMarker = { version: 1, records: this.#written, invocation };
    await this.#store.putOnce(`${this.#folder}/done.json`, JSON.stringify(marker));
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length === 0) return;
    const key = `${this.#folder}/part-${String(++this.#parts).padStart(5, '0')}.jsonl`;
    const body = this.#lines.join('');
    this.#written += this.#lines.length;
    this.#lines = [];
    const stored = this.#flushing.then(async () => void (await this.#store.putOnce(key, body)));
    this.#flushing = stored;
    // Awaited in end(); until then a failure must not count as unhandled.
    stored.catch(() => {});
  }
}
