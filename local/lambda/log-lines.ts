import { StringDecoder } from 'node:string_decoder';

// One CloudWatch event: 256 KiB; docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html.
const maxLineChars = 256 * 1024;

/** Cuts a stream of bytes into lines, whole characters only, and never keeps more than one line's limit. */
export class LogLines {
  #decoder = new StringDecoder('utf8');
  #rest = '';
  #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#emit(line);
    while (this.#rest.length >= maxLineChars) {
      this.#onLine(this.#rest.slice(0, maxLineChars));
      this.#rest = this.#rest.slice(maxLineChars);
    }
  }

  /** A last line without its newline. */
  flush(): void {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    if (rest !== '') this.#emit(rest);
  }

  #emit(line: string): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    for (let at = 0; at === 0 || at < text.length; at += maxLineChars) {
      this.#onLine(text.slice(at, at + maxLineChars));
    }
  }
}
