// LogType Tail: "the last 4 KB of the execution log"; docs.aws.amazon.com/lambda/latest/api/API_Invoke.html.
const maxTailBytes = 4096;

/** The end of one invocation's log. */
export class LogTail {
  #lines: string[] = [];
  #chars = 0;

  add(line: string): void {
    this.#lines.push(line);
    this.#chars += line.length + 1;
    while (this.#lines.length > 1 && this.#chars - (this.#lines[0] as string).length > maxTailBytes) {
      this.#chars -= (this.#lines.shift() as string).length + 1;
    }
  }

  text(): string {
    const bytes = Buffer.from(`${this.#lines.join('\n')}\n`);
    return bytes.subarray(Math.max(0, bytes.length - maxTailBytes)).toString();
  }
}
