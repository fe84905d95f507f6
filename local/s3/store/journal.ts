import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { StoreEvent } from './store-event';

const header = '{"format":1}\n';
const minLinesBeforeRewrite = 10_000;

/**
 * The store's changes, a JSON line each. A line is in the kernel's hands before the change is answered, so it
 * survives a kill -9 of the process; it is not flushed to the disk, so it may not survive a power cut.
 */
export class Journal {
  readonly #path: string;
  #fd: number;
  #sizeBytes: number;
  #linesKept = 0;
  #linesAppended = 0;

  private constructor(path: string, fd: number, sizeBytes: number) {
    this.#path = path;
    this.#fd = fd;
    this.#sizeBytes = sizeBytes;
  }

  /** A new file holding just these events takes the place of whatever was there. */
  static rewrite(path: string, events: Iterable<StoreEvent>): Journal {
    const nextPath = `${path}.next`;
    const fd = openSync(nextPath, 'w');
    const journal = new Journal(path, fd, 0);
    journal.#write(header);
    let batch = '';
    for (const event of events) {
      batch += `${JSON.stringify(event)}\n`;
      journal.#linesKept++;
      if (batch.length > 1 << 20) {
        journal.#write(batch);
        batch = '';
      }
    }
    journal.#write(batch);
    renameSync(nextPath, path);
    return journal;
  }

  append(event: StoreEvent): void {
    this.#write(`${JSON.stringify(event)}\n`);
    this.#linesAppended++;
  }

  rewrite(events: Iterable<StoreEvent>): void {
    const next = Journal.rewrite(this.#path, events);
    closeSync(this.#fd);
    this.#fd = next.#fd;
    this.#sizeBytes = next.#sizeBytes;
    this.#linesKept = next.#linesKept;
    this.#linesAppended = 0;
  }

  /** True when it has doubled: rewriting then costs no more, taken together, than the appending did. */
  isWorthRewriting(): boolean {
    return this.#linesAppended >= Math.max(this.#linesKept, minLinesBeforeRewrite);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    try {
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(this.#fd, bytes, written, bytes.length - written, this.#sizeBytes + written);
      }
      this.#sizeBytes += bytes.length;
    } catch (error) {
      // Half a line (a full disk) must not stand in front of the next one.
      ftruncateSync(this.#fd, this.#sizeBytes);
      throw error;
    }
  }
}

/** Events of a journal in order. A last line without its newline was torn by a kill, and never answered. */
export function* readJournal(path: string): Generator<StoreEvent> {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  let start = bytes.indexOf('\n') + 1;
  if (bytes.subarray(0, start).toString() !== header) {
    throw new Error(`${path} is not a journal that this version can read; move it away to start empty`);
  }
  for (let end = bytes.indexOf('\n', start); end !== -1; end = bytes.indexOf('\n', start)) {
    yield parseLine(path, bytes.subarray(start, end).toString(), start);
    start = end + 1;
  }
}

function parseLine(path: string, line: string, offset: number): StoreEvent {
  try {
    return JSON.parse(line) as StoreEvent;
  } catch (cause) {
    throw new Error(`${path} is damaged at byte ${offset}; move its folder away to start empty`, { cause });
  }
}
