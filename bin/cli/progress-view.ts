import { formatMs } from '../../lib/report/numbers';
import { type Paint } from '../../lib/report/paint';
import { visibleText } from '../../lib/report/visible-text';
import { formatSize } from '../../lib/run/sizes';
import type { ProgressEvent } from '../../lambda/progress-line';

/** Above it a line an object tells nobody anything: then only the last line moves. */
const mostLines = 400;

/** Shows a run as it happens: a line for each start and end of an object, and one that counts below them. */
export class ProgressView {
  readonly #write: (text: string) => void;
  readonly #paint: Paint;
  readonly #startMs = performance.now();
  #expected = { objects: 0, trials: 0 };
  #ended = 0;
  readonly #trials = new Set<string>();

  constructor(write: (text: string) => void, paint: Paint) {
    this.#write = write;
    this.#paint = paint;
  }

  say(text: string): void {
    this.#write(`\r\x1b[K${text}\n`);
  }

  expect(objects: number, trials: number): void {
    this.#expected = { objects, trials };
  }

  show(event: ProgressEvent): void {
    this.#trials.add(event.trial);
    if (event.event === 'object-ended') this.#ended++;
    const line = this.#expected.objects * this.#expected.trials * 2 <= mostLines ? this.#line(event) : '';
    this.#write(`\r\x1b[K${line}${this.#status()}`);
  }

  close(): void {
    this.#write('\r\x1b[K');
  }

  #line(event: ProgressEvent): string {
    const trial = this.#paint('dim', event.trial.padEnd(22));
    const key = visibleText(event.key);
    if (event.event === 'object-started') return `${trial} start   ${key}\n`;
    if (event.failure) return `${trial} ${this.#paint('red', 'failed')}  ${key}  ${event.failure.code}\n`;
    const figures = `${formatMs(event.durationMs)}, ${formatSize(event.bytes)}`;
    return `${trial} ${this.#paint('green', 'finish')}  ${key}  ${figures}\n`;
  }

  #status(): string {
    const { objects, trials } = this.#expected;
    const seconds = ((performance.now() - this.#startMs) / 1000).toFixed(0);
    const text = `trial ${this.#trials.size} of ${trials}, ${this.#ended} of ${objects * trials} fetches, ${seconds} s`;
    return this.#paint('bold', text);
  }
}
